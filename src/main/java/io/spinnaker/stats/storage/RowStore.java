package io.spinnaker.stats.storage;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.time.Deadline;
import java.util.concurrent.CompletionStage;

/** Writes rows to the table {@code events}. */
public interface RowStore {

    /**
     * Inserts one row. Returns immediately.
     *
     * @return completes when the row is durable, also if this process is killed afterwards; otherwise fails with
     *     {@link WriteFailedException} by the deadline
     */
    CompletionStage<Void> insert(Row row, Deadline deadline);
}
