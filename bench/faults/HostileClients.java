package faults;

import java.io.IOException;

/** Connections that must not affect regular clients. */
interface HostileClients extends AutoCloseable {

    /** Opens the connections. Returns once all are open. */
    void start() throws IOException;

    /** Returns a sentence with the number of connections and what happened to them. */
    String describe();

    /** Closes all connections. */
    @Override
    void close();
}
