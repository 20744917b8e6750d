package faults;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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

        boolean hasResponse() {
            return status != NO_RESPONSE;
        }

        double durationMs() {
            return (endedAt - startedAt) / 1e6;
        }
    }

    private final Map<String, Request> requests = new ConcurrentHashMap<>();
    private final Set<String> inBigQuery = ConcurrentHashMap.newKeySet();
    private final Set<String> inTopic = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> rowIds = new ConcurrentHashMap<>();

    void recordRequest(String executionId, Request request) {
        requests.put(executionId, request);
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

    Stream<Request> requests() {
        return requests.values().stream();
    }

    long withStatus(int status) {
        return requests().filter(request -> request.status() == status).count();
    }

    long withoutResponse() {
        return withStatus(NO_RESPONSE);
    }

    long withOtherStatus() {
        return requests.size() - withStatus(204) - withStatus(202) - withStatus(503) - withoutResponse();
    }

    /** Counts requests without a response before the client's timeout. */
    long late() {
        return requests()
                .filter(request -> !request.hasResponse() || request.durationMs() > SpinnakerClient.TIMEOUT.toMillis())
                .count();
    }

    /** Counts events with a row in BigQuery or in the topic. */
    long stored() {
        return rowIds.size();
    }

    /** Counts events that are missing where the response says they are: in BigQuery (204) or in the topic (202). */
    long lost() {
        return requests.entrySet().stream()
                .filter(each -> switch (each.getValue().status()) {
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

    double slowestMs() {
        return durationsMs(Long.MIN_VALUE, Long.MAX_VALUE).max().orElse(Double.NaN);
    }

    /** Returns a percentile of the latency of requests that started between two times. */
    double percentileMs(double share, long from, long until) {
        double[] sorted = durationsMs(from, until).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private DoubleStream durationsMs(long from, long until) {
        return requests()
                .filter(request -> request.hasResponse() && request.startedAt() >= from && request.startedAt() <= until)
                .mapToDouble(Request::durationMs);
    }
}
