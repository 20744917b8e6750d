package faults;

import common.HttpConnection;
import common.HttpMessage;
import java.io.IOException;
import java.time.Duration;

/** Posts events like Spinnaker: on a keep-alive connection, one at a time, with the timeouts of the oldest releases. */
final class SpinnakerClient implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final int port;
    private final EventLedger ledger;
    private HttpConnection connection;

    SpinnakerClient(int port, EventLedger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    /**
     * Posts an event and records the outcome. Reconnects if the previous post failed.
     *
     * @return whether the service responded
     */
    boolean post(EventGenerator.Event event) {
        long startedAt = System.nanoTime();
        long writtenAt = EventLedger.NEVER;
        int status = EventLedger.NO_RESPONSE;
        try {
            if (connection == null) {
                connection = new HttpConnection(port, CONNECT_TIMEOUT, TIMEOUT);
            }
            connection.send(event.body());
            writtenAt = System.nanoTime();
            HttpMessage response = connection.receive();
            status = response.status();
            if (response.closesConnection()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
        ledger.recordRequest(
                event.executionId(), new EventLedger.Request(startedAt, writtenAt, System.nanoTime(), status));
        return status != EventLedger.NO_RESPONSE;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
