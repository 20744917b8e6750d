import java.time.Duration;
import java.util.List;

/** The process ends under load, by a signal or without one. */
enum Ending implements Course {

    /** As Cloud Run ends an instance: what had been sent before has to be answered. */
    SIGTERM {
        @Override
        void end(Rig rig, Load load) throws InterruptedException {
            long signalledAt = System.nanoTime();
            boolean ended = rig.service().terminate(LONGEST_END);
            double tookMs = (System.nanoTime() - signalledAt) / 1e6;
            load.close();
            List<Tally.Post> inFlight = rig.tally()
                    .posts()
                    .filter(post -> post.writtenAt() < signalledAt && post.endedAt() > signalledAt)
                    .toList();
            long unanswered =
                    inFlight.stream().filter(post -> !post.isAnswered()).count();
            rig.note(
                    "%d requests were in flight at the signal, %d of them stayed unanswered; it ended after %.0f ms",
                    inFlight.size(), unanswered, tookMs);
            if (unanswered > 0) {
                rig.promiseBroken(unanswered + " events sent before the signal were not answered");
            }
            if (!ended) {
                rig.promiseBroken("it had not ended " + LONGEST_END.toSeconds() + " s after the signal");
            }
        }
    },

    /** As the kernel ends what has too much memory. */
    KILL {
        @Override
        void end(Rig rig, Load load) {
            load.stop();
            rig.service().kill();
        }
    },

    /** Killed, and soon there again, while the client goes on. */
    RESTART {
        @Override
        void end(Rig rig, Load load) throws Exception {
            rig.service().kill();
            Thread.sleep(DOWN);
            rig.service().start();
            Thread.sleep(rig.faulty().dividedBy(2));
        }
    };

    /** So many that the client goes on sending while BigQuery is slow. */
    private static final int CONNECTIONS = 128;

    private static final double PER_SECOND = 300;
    private static final Behaviour SLOW = Behaviour.slow(Duration.ofMillis(300)); // so much is in flight at any time
    private static final Duration LONGEST_END = Duration.ofSeconds(8); // Cloud Run kills after 10
    private static final Duration DOWN = Duration.ofMillis(300);

    /** Ends the process while the load is on. */
    abstract void end(Rig rig, Load load) throws Exception;

    @Override
    public void run(Rig rig) throws Exception {
        rig.warmUp();
        rig.behave(SLOW, Behaviour.HEALTHY);
        try (Load load = rig.load(CONNECTIONS, PER_SECOND)) {
            Thread.sleep(rig.faulty().dividedBy(2));
            end(rig, load);
        }
        rig.recover();
    }
}
