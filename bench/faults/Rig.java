import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The service between a client and two stand-ins, new for each fault, so that none suffers from the one before. */
final class Rig implements AutoCloseable {

    /** As many as keep all parts busy without filling two cores. */
    private static final int CONNECTIONS = 16;

    private static final double PER_SECOND = 300;

    private final Events events;
    private final Timing timing;
    private final Tally tally = new Tally();
    private final BigQueryStandIn bigQuery;
    private final PubSubStandIn topic;
    private final Service service;
    private final List<String> notes = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private String recovery;

    Rig(Events events, Timing timing) throws Exception {
        this.events = events;
        this.timing = timing;
        this.bigQuery = new BigQueryStandIn(tally);
        this.topic = new PubSubStandIn(tally);
        this.service = new Service(bigQuery.url(), topic.url());
        service.start();
    }

    Tally tally() {
        return tally;
    }

    Service service() {
        return service;
    }

    Duration faulty() {
        return timing.faulty();
    }

    void behave(Behaviour ofBigQuery, Behaviour ofTopic) throws IOException {
        bigQuery.behave(ofBigQuery);
        topic.behave(ofTopic);
    }

    /** The usual load; it goes on until it is stopped. */
    Load load() {
        return load(CONNECTIONS, PER_SECOND);
    }

    Load load(int connections, double perSecond) {
        return new Load(service.port(), connections, perSecond, events::next, tally);
    }

    Load loadOfLargeEvents(int connections) {
        return new Load(service.port(), connections, Double.POSITIVE_INFINITY, events::nextLarge, tally);
    }

    /** The usual load before anything goes wrong. */
    void warmUp() throws InterruptedException {
        loadFor(timing.healthy());
    }

    /** Heals everything and starts what has ended, then loads it as usual. */
    void recover() throws Exception {
        behave(Behaviour.HEALTHY, Behaviour.HEALTHY);
        if (!service.isAlive()) {
            service.start();
        }
        long healedAt = System.nanoTime();
        loadFor(timing.healed());
        OptionalLong firstStoredAt = tally.posts()
                .filter(post -> post.beganAt() >= healedAt && post.status() == 204)
                .mapToLong(Tally.Post::endedAt)
                .min();
        recovery = firstStoredAt.isPresent()
                ? (firstStoredAt.getAsLong() - healedAt) / 1_000_000 + " ms"
                : "not within " + timing.healed().toMillis() + " ms";
    }

    /** How long after the healing the first 204 came; null when nothing was healed. */
    String recovery() {
        return recovery;
    }

    private void loadFor(Duration duration) throws InterruptedException {
        try (Load load = load()) {
            Thread.sleep(duration);
        }
    }

    /** The median of requests that have the service to themselves, in milliseconds. */
    double loneMedianMs(int requests) {
        long from = System.nanoTime();
        try (Connection connection = new Connection(service.port(), tally)) {
            for (int i = 0; i < requests; i++) {
                connection.post(events.next());
            }
        }
        return tally.percentileMs(0.5, from, System.nanoTime());
    }

    /** A figure that is no column. */
    void note(String format, Object... figures) {
        notes.add(String.format(Locale.ROOT, format, figures));
    }

    /** A promise that only this fault's course can see broken. */
    void promiseBroken(String promise) {
        broken.add(promise);
    }

    List<String> notes() {
        return notes;
    }

    /** What was promised and not kept, in words. */
    List<String> broken(boolean mustAnswer) {
        List<String> all = new ArrayList<>(broken);
        if (tally.lost() > 0) {
            all.add(tally.lost() + " events were acknowledged but are lost");
        }
        if (tally.doubled() > 0) {
            all.add(tally.doubled() + " events were stored twice, with another event_id");
        }
        if (mustAnswer && tally.late() > 0) {
            all.add(tally.late() + " events were not answered within " + Connection.PATIENCE_MS + " ms");
        }
        return all;
    }

    @Override
    public void close() {
        service.close();
        bigQuery.close();
        topic.close();
    }
}
