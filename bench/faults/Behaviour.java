package faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** How a fake server handles a call. */
interface Behaviour {

    Behaviour HEALTHY = call -> call.respond(200, call.store());

    /** Listens on no port, and resets the connections of calls in flight. */
    Behaviour UNREACHABLE = new Behaviour() {
        @Override
        public void handle(IncomingCall call) {
            call.reset();
        }

        @Override
        public boolean listens() {
            return false;
        }
    };

    Behaviour RESET = IncomingCall::reset;

    /** Does not respond while the client waits. */
    Behaviour HANG = call -> {
        Thread.sleep(Duration.ofSeconds(20));
        call.reset();
    };

    /** Stores the rows but does not respond, so the client cannot know that they are stored. */
    Behaviour STORE_AND_HANG = call -> {
        call.store();
        HANG.handle(call);
    };

    /** Takes longer in total than any client waits, but sends each byte before a read timeout expires. */
    Behaviour DRIP = call -> call.respondSlowly(200, call.store(), Duration.ofMillis(50));

    /** Rejects one row of sixteen, and the same row in each attempt, as if it broke the table's schema. */
    Behaviour SOME_ROWS_INVALID = call -> call.respond(200, call.store(executionId -> !executionId.startsWith("0")));

    /** Responds with a page, as a proxy might, and stores nothing. */
    Behaviour JUNK = call -> call.respond(200, "<html>Welcome to the captive portal</html>");

    void handle(IncomingCall call) throws IOException, InterruptedException;

    /** Returns whether the server accepts connections. */
    default boolean listens() {
        return true;
    }

    static Behaviour error(int status, String reason) {
        return call -> call.respond(status, errorBody(status, reason));
    }

    static Behaviour halfOfTheTime(Behaviour faulty) {
        return call -> (ThreadLocalRandom.current().nextBoolean() ? HEALTHY : faulty).handle(call);
    }

    static Behaviour slow(Duration delay) {
        return call -> {
            Thread.sleep(delay);
            HEALTHY.handle(call);
        };
    }

    /** Stores about 100 rows/s: two calls at a time, 20 ms per KiB, which is about one row. Other calls wait. */
    static Behaviour narrow() {
        Semaphore permits = new Semaphore(2, true);
        return call -> {
            permits.acquire();
            try {
                Thread.sleep(20 * Math.max(1, call.bytes() / 1024));
            } finally {
                permits.release();
            }
            HEALTHY.handle(call);
        };
    }

    /** Returns an error document of Google's APIs. */
    static String errorBody(int status, String reason) {
        return "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"domain\":\"global\",\"reason\":\"%s\"}]}}"
                .formatted(status, reason, reason);
    }
}
