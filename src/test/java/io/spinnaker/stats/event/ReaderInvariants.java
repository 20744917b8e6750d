package io.spinnaker.stats.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Refusals;
import io.spinnaker.stats.contract.StoredText;
import io.spinnaker.stats.storage.Row;
import java.time.Instant;

/** Invariants of the reader that hold for every body. */
final class ReaderInvariants {

    private static final EventReader READER = new EventReader();

    private ReaderInvariants() {}

    enum Outcome {
        EVENT,
        INVALID,
        MALFORMED
    }

    /** Reads a body. It is a storable event, or its rejection quotes nothing of it. */
    static Outcome read(byte[] body) throws Exception {
        Event event;
        try {
            event = READER.read(body);
        } catch (InvalidEventException e) {
            assertThat(e.violations()).hasSizeBetween(1, EventReader.MAX_VIOLATIONS);
            for (Violation violation : e.violations()) {
                assertThat(violation.field()).matches(Refusals.FIELD);
                assertThat(violation.rule()).matches(Refusals.RULE);
            }
            return Outcome.INVALID;
        } catch (MalformedEventException e) {
            assertThat(e)
                    .hasMessage("not one JSON object, nested no deeper than 32")
                    .hasNoCause();
            return Outcome.MALFORMED;
        }
        assertThat(event.toString()).doesNotContainPattern(StoredText.UNSAFE);
        byte[] row = Row.of(event, Instant.EPOCH).json(); // the reader accepts the row's field names
        assertThat(READER.read(row))
                .as("the event, read from its row")
                .usingRecursiveComparison()
                .ignoringFields("execution.droppedStages")
                .isEqualTo(event);
        return Outcome.EVENT;
    }
}
