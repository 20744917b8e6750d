import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** What a stand-in does about a call. */
interface Behaviour {

    Behaviour HEALTHY = call -> call.answer(200, call.take());

    /** Nothing listens; a call that was under way ends with its connection. */
    Behaviour UNREACHABLE = new Behaviour() {
        @Override
        public void treat(Call call) {
            call.reset();
        }

        @Override
        public boolean listens() {
            return false;
        }
    };

    Behaviour RESET = Call::reset;

    Behaviour HANG = call -> {
        Thread.sleep(Duration.ofSeconds(20));
        call.reset();
    };

    /** The worst of all: the rows are there, and nobody says so. */
    Behaviour STORE_AND_HANG = call -> {
        call.take();
        HANG.treat(call);
    };

    /** Takes longer than any client waits, yet never so long for one byte that a time-out for each read ends it. */
    Behaviour DRIP = call -> call.answer(200, call.take(), Duration.ofMillis(50));

    /** One row of sixteen breaks the table's schema, and does so in each try. */
    Behaviour SOME_ROWS_INVALID = call -> call.answer(200, call.take(executionId -> !executionId.startsWith("0")));

    /** As a proxy's page on the way; nothing is stored. */
    Behaviour JUNK = call -> call.answer(200, "<html>Welcome to the captive portal</html>");

    void treat(Call call) throws IOException, InterruptedException;

    /** Whether there is anything to connect to. */
    default boolean listens() {
        return true;
    }

    static Behaviour error(int status, String reason) {
        return call -> call.answer(status, problem(status, reason));
    }

    static Behaviour halfOfTheTime(Behaviour other) {
        return call -> (ThreadLocalRandom.current().nextBoolean() ? HEALTHY : other).treat(call);
    }

    static Behaviour slow(Duration wait) {
        return call -> {
            Thread.sleep(wait);
            HEALTHY.treat(call);
        };
    }

    /** Two calls at a time, 20 ms for each KiB of them, which is about a row: 100 rows/s. The other calls wait. */
    static Behaviour narrow() {
        Semaphore calls = new Semaphore(2, true);
        return call -> {
            calls.acquire();
            try {
                Thread.sleep(20 * Math.max(1, call.bytes() / 1024));
            } finally {
                calls.release();
            }
            HEALTHY.treat(call);
        };
    }

    /** An error as Google's services write it. */
    static String problem(int status, String reason) {
        return "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"domain\":\"global\",\"reason\":\"%s\"}]}}"
                .formatted(status, reason, reason);
    }
}
