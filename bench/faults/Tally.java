import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What was acknowledged on one side and what was stored on the other, event by event; an event is known by its
 * execution id. Times are of {@link System#nanoTime}.
 */
final class Tally {

    /** Of a post that was never written in full. */
    static final long NEVER = Long.MAX_VALUE;

    /** Of a post that got no answer. */
    static final int UNANSWERED = 0;

    /**
     * One event as its client saw it.
     *
     * @param writtenAt when the last byte was handed to the system
     * @param endedAt when the answer was there, or when there would be none
     */
    record Post(long beganAt, long writtenAt, long endedAt, int status) {

        boolean isAnswered() {
            return status != UNANSWERED;
        }

        double tookMs() {
            return (endedAt - beganAt) / 1e6;
        }
    }

    private final Map<String, Post> posts = new ConcurrentHashMap<>();
    private final Set<String> inBigQuery = ConcurrentHashMap.newKeySet();
    private final Set<String> inTopic = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> rowIds = new ConcurrentHashMap<>();

    void post(String executionId, Post post) {
        posts.put(executionId, post);
    }

    /** BigQuery tells rows apart by insertId, their readers by event_id: both have to be the same for ever. */
    void rowInBigQuery(String executionId, String insertId, String eventId) {
        inBigQuery.add(executionId);
        rowIds(executionId).add(insertId);
        rowIds(executionId).add(eventId);
    }

    void rowInTopic(String executionId, String eventId) {
        inTopic.add(executionId);
        rowIds(executionId).add(eventId);
    }

    private Set<String> rowIds(String executionId) {
        return rowIds.computeIfAbsent(executionId, absent -> ConcurrentHashMap.newKeySet());
    }

    Stream<Post> posts() {
        return posts.values().stream();
    }

    long answered(int status) {
        return posts().filter(post -> post.status() == status).count();
    }

    long unanswered() {
        return answered(UNANSWERED);
    }

    long answeredOtherwise() {
        return posts.size() - answered(204) - answered(202) - answered(503) - unanswered();
    }

    /** Not answered while the client had patience. */
    long late() {
        return posts().filter(post -> !post.isAnswered() || post.tookMs() > Connection.PATIENCE_MS)
                .count();
    }

    /** Events of which BigQuery or the topic holds a row. */
    long stored() {
        return rowIds.size();
    }

    /** Events that are not where their answer said: 204 in BigQuery, 202 in the topic. */
    long lost() {
        return posts.entrySet().stream()
                .filter(each -> switch (each.getValue().status()) {
                    case 204 -> !inBigQuery.contains(each.getKey());
                    case 202 -> !inTopic.contains(each.getKey());
                    default -> false;
                })
                .count();
    }

    /** Events that no reader could tell to be one: their rows, here and there, have several ids. */
    long doubled() {
        return rowIds.values().stream().filter(ids -> ids.size() > 1).count();
    }

    double slowestMs() {
        return took(Long.MIN_VALUE, Long.MAX_VALUE).max().orElse(Double.NaN);
    }

    /** Of the answers to posts that began between two times. */
    double percentileMs(double share, long from, long until) {
        double[] sorted = took(from, until).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private DoubleStream took(long from, long until) {
        return posts().filter(post -> post.isAnswered() && post.beganAt() >= from && post.beganAt() <= until)
                .mapToDouble(Post::tookMs);
    }
}
