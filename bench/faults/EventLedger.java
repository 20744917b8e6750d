package faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * @param connectedAt when its connection was opened, for an earlier request perhaps
     * @param writtenAt when the operating system had taken the last byte
     * @param endedAt when the response arrived or the request failed
     */
    record Request(long connectedAt, long startedAt, long writtenAt, long endedAt, int status) {

        double durationMs() {
            return (endedAt - startedAt) / 1e6;
        }
    }

    /** The state of an event. */
    static final class Event {

        Request request; // null until the request has ended
        int calls; // calls to BigQuery that had a row of the event, successful or not
        final Set<String> ids = new HashSet<>(1); // BigQuery deduplicates by insertId, readers by event_id
        private boolean inBigQuery;
        private boolean inTopic;
        private boolean needsResponse;

        boolean isStored() {
            return inBigQuery || inTopic;
        }

        /** Returns whether the event is missing where the response says it is: in BigQuery (204) or the topic (202). */
        boolean isLost() {
            return request != null && (request.status == 204 && !inBigQuery || request.status == 202 && !inTopic);
        }

        boolean isOverdue() {
            return needsResponse
                    && (request.status == NO_RESPONSE || request.durationMs() > LoadGenerator.CLIENT_TIMEOUT_MS);
        }
    }

    private final Map<String, Event> events = new HashMap<>();
    private final Map<Outcome, Long> settled = new EnumMap<>(Outcome.class);
    private long responsesAreRequiredSince = Long.MIN_VALUE;
    private long serviceStartedAt = Long.MIN_VALUE;

    /** Records that the service starts: it cannot respond on connections to an earlier process. */
    synchronized void recordStart() {
        serviceStartedAt = System.nanoTime();
    }

    /** Sets whether the service must respond to requests that start from now on; otherwise, not to those in flight either. */
    synchronized void requireResponses(boolean areRequired) {
        responsesAreRequiredSince = areRequired ? System.nanoTime() : Long.MAX_VALUE;
    }

    synchronized void recordRequest(String executionId, Request request) {
        event(executionId).request = request;
        event(executionId).needsResponse =
                request.startedAt >= responsesAreRequiredSince && request.connectedAt >= serviceStartedAt;
    }

    /** Records that a call to BigQuery has a row of the event. */
    synchronized void recordCall(String executionId) {
        event(executionId).calls++;
    }

    synchronized void recordRow(String executionId, String insertId, String eventId) {
        event(executionId).inBigQuery = true;
        event(executionId).ids.addAll(List.of(insertId, eventId));
    }

    synchronized void recordDeadLetter(String executionId, String eventId) {
        event(executionId).inTopic = true;
        event(executionId).ids.add(eventId);
    }

    private Event event(String executionId) {
        return events.computeIfAbsent(executionId, absent -> new Event());
    }

    synchronized long count(Outcome outcome) {
        return settled.getOrDefault(outcome, 0L)
                + events.values().stream().filter(outcome.predicate).count();
    }

    /**
     * Forgets the events whose requests ended before some time, which keeps the ledger small. Their outcomes remain
     * counted.
     */
    synchronized void settle(long endedBefore) {
        events.values().removeIf(event -> {
            boolean isOld = event.request != null && event.request.endedAt < endedBefore;
            for (Outcome outcome : Outcome.values()) {
                if (isOld && outcome.predicate.test(event)) {
                    settled.merge(outcome, 1L, Long::sum);
                }
            }
            return isOld;
        });
    }

    /** Returns the requests that fulfil a condition and are not settled yet. */
    synchronized List<Request> requests(Predicate<Request> condition) {
        List<Request> found = new ArrayList<>();
        for (Event event : events.values()) {
            if (event.request != null && condition.test(event.request)) {
                found.add(event.request);
            }
        }
        return found;
    }

    /** Returns the time from some time until the first 204 for a request that started after it. */
    double firstStoredMs(long from) {
        return requests(request -> request.startedAt >= from && request.status == 204).stream()
                .mapToDouble(request -> (request.endedAt - from) / 1e6)
                .min()
                .orElse(Double.NaN);
    }

    /** Returns a percentile of the latency of requests that got a response and started after some time. */
    double percentileMs(double share, long from) {
        double[] sorted = requests(request -> request.status != NO_RESPONSE && request.startedAt >= from).stream()
                .mapToDouble(Request::durationMs)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
