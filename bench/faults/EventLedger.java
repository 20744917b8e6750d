package faults;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Records for each event how the service responded to it and where it was stored. An event is identified by its
 * execution id. Times are values of {@link System#nanoTime}.
 */
final class EventLedger {

    /** Time of writing for a request that was not fully written. */
    static final long NEVER = Long.MAX_VALUE;

    /** Status of a request without response. */
    static final int NO_RESPONSE = 0;

    /**
     * A request as its client saw it.
     *
     * @param writtenAt when the operating system had taken the last byte
     * @param endedAt when the response arrived or the request failed
     */
    record Request(long startedAt, long writtenAt, long endedAt, int status) {

        double durationMs() {
            return (endedAt - startedAt) / 1e6;
        }
    }

    private final Map<String, Request> requests = new ConcurrentHashMap<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Set<String> inBigQuery = ConcurrentHashMap.newKeySet();
    private final Set<String> inTopic = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> rowIds = new ConcurrentHashMap<>();

    void recordRequest(String executionId, Request request) {
        requests.put(executionId, request);
    }

    /** Records that a call to BigQuery had a row of the event, whatever became of the call. */
    void recordCall(String executionId) {
        calls.merge(executionId, 1, Integer::sum);
    }

    /**
     * Records a row in BigQuery. BigQuery deduplicates by insertId and readers deduplicate by event_id, so all rows of
     * an event must have the same value in both.
     */
    void recordRow(String executionId, String insertId, String eventId) {
        inBigQuery.add(executionId);
        rowIds(executionId).add(insertId);
        rowIds(executionId).add(eventId);
    }

    void recordDeadLetter(String executionId, String eventId) {
        inTopic.add(executionId);
        rowIds(executionId).add(eventId);
    }

    private Set<String> rowIds(String executionId) {
        return rowIds.computeIfAbsent(executionId, absent -> ConcurrentHashMap.newKeySet());
    }

    long count(Predicate<Request> predicate) {
        return requests.values().stream().filter(predicate).count();
    }

    long withStatus(int status) {
        return count(request -> request.status == status);
    }

    /** Returns the time from some time until the first 204 for a request that started after it. */
    double firstStoredMs(long from) {
        return requests.values().stream()
                .filter(request -> request.startedAt >= from && request.status == 204)
                .mapToDouble(request -> (request.endedAt - from) / 1e6)
                .min()
                .orElse(Double.NaN);
    }

    /** Counts events with a row in BigQuery or in the topic. */
    long stored() {
        return rowIds.size();
    }

    /** Counts events that are missing where the response says they are: in BigQuery (204) or in the topic (202). */
    long lost() {
        return requests.entrySet().stream()
                .filter(each -> switch (each.getValue().status) {
                    case 204 -> !inBigQuery.contains(each.getKey());
                    case 202 -> !inTopic.contains(each.getKey());
                    default -> false;
                })
                .count();
    }

    /** Counts events that readers cannot deduplicate, because their rows have different ids. */
    long duplicated() {
        return rowIds.values().stream().filter(ids -> ids.size() > 1).count();
    }

    /** Counts events that were in more than one call to BigQuery. */
    long inSeveralCalls() {
        return calls.values().stream().filter(count -> count > 1).count();
    }

    /** Returns a percentile of the latency of requests that got a response and started after some time. */
    double percentileMs(double share, long from) {
        double[] sorted = requests.values().stream()
                .filter(request -> request.status != NO_RESPONSE && request.startedAt >= from)
                .mapToDouble(Request::durationMs)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
