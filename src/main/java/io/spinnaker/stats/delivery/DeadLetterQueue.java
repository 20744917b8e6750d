package io.spinnaker.stats.delivery;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.time.Deadline;
import java.util.concurrent.CompletionStage;

/** Keeps rows that storage did not take in time, until they are redriven. {@link DeadLetterProducer} chooses the one in use. */
interface DeadLetterQueue {

    /**
     * Publishes one row. Returns immediately.
     *
     * @return completes when the queue has confirmed the row; otherwise fails with {@link WriteFailedException} by the
     *     deadline
     */
    CompletionStage<Void> publish(Row row, Deadline deadline);
}
