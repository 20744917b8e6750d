package faults;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** How a fake server handles a call. */
@FunctionalInterface
interface Behaviour {

    /** State of a server's port: it serves HTTP, resets connections, or nothing listens. */
    enum Transport {
        HTTP,
        RESET,
        REFUSE
    }

    record WithoutHttp(Transport transport) implements Behaviour {

        @Override
        public void handle(Call call) {
            // a call in flight gets no response
        }
    }

    Behaviour HEALTHY = call -> call.respond(200, call.store());

    Behaviour REFUSE = new WithoutHttp(Transport.REFUSE);

    Behaviour RESET = new WithoutHttp(Transport.RESET);

    /** Does not respond while the client waits. */
    Behaviour HANG = call -> Thread.sleep(20_000);

    /** Stores the rows but does not respond, so the client cannot know that they are stored. */
    Behaviour STORE_AND_HANG = call -> {
        call.store();
        HANG.handle(call);
    };

    /** Takes over 5 s in total, longer than any client waits, but sends each byte before a read timeout expires. */
    Behaviour DRIP = call -> call.respondSlowly(call.store() + " ".repeat(100), 50);

    /** Rejects one row of sixteen, and the same row in each attempt, as if it broke the table's schema. */
    Behaviour SOME_ROWS_INVALID = call -> call.respond(200, call.store(executionId -> !executionId.startsWith("0")));

    /** Responds with a page, as a proxy might, and stores nothing. */
    Behaviour JUNK = call -> call.respond(200, "<html>Welcome to the captive portal</html>");

    void handle(Call call) throws IOException, InterruptedException;

    default Transport transport() {
        return Transport.HTTP;
    }

    /** Responds with an error document of Google's APIs. */
    static Behaviour error(int status, String reason) {
        String body =
                "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"domain\":\"global\",\"reason\":\"%s\"}]}}"
                        .formatted(status, reason, reason);
        return call -> call.respond(status, body);
    }

    static Behaviour halfOfTheTime(Behaviour faulty) {
        return call -> (ThreadLocalRandom.current().nextBoolean() ? HEALTHY : faulty).handle(call);
    }

    static Behaviour slow(long delayMs) {
        return call -> {
            Thread.sleep(delayMs);
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
}
