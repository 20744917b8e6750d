package faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** An outcome of an event or of its request. Outcomes are counted, and some must not happen. */
enum Outcome {
    SENT("sent", event -> event.request != null),
    STATUS_204("204", withStatus(204)),
    STATUS_202("202", withStatus(202)),
    STATUS_429("429", withStatus(429)),
    STATUS_503("503", withStatus(503)),
    OTHER_STATUS("other", withStatusNot(204, 202, 429, 503, EventLedger.NO_RESPONSE)),
    NO_RESPONSE("no response", withStatus(EventLedger.NO_RESPONSE)),
    STORED("stored", EventLedger.Event::isStored),
    LOST("acknowledged but lost", EventLedger.Event::isLost),
    DUPLICATED("stored twice, different event_id", event -> event.ids.size() > 1),

    /** The service must respond to the request, and did not before the client disconnects. */
    OVERDUE("no response in time", EventLedger.Event::isOverdue),

    SENT_AGAIN("in several calls to BigQuery", event -> event.calls > 1);

    /** The columns of a table. */
    static final Set<Outcome> COLUMNS = EnumSet.range(SENT, DUPLICATED);

    /** Must not happen, whatever fails. */
    static final Set<Outcome> FORBIDDEN = EnumSet.of(LOST, DUPLICATED, OVERDUE);

    final String label;
    final Predicate<EventLedger.Event> predicate;

    Outcome(String label, Predicate<EventLedger.Event> predicate) {
        this.label = label;
        this.predicate = predicate;
    }

    private static Predicate<EventLedger.Event> withStatus(int status) {
        return event -> event.request != null && event.request.status() == status;
    }

    private static Predicate<EventLedger.Event> withStatusNot(Integer... statuses) {
        return event -> event.request != null && !List.of(statuses).contains(event.request.status());
    }
}
