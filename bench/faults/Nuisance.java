import java.io.IOException;

/** Connections that good clients should not notice. Closing it closes them all. */
interface Nuisance extends AutoCloseable {

    /** Returns when all of them are there. */
    void begin() throws IOException;

    /** How many there are, and what became of them. */
    String describe();

    @Override
    void close();
}
