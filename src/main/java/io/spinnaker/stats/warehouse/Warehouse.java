package io.spinnaker.stats.warehouse;

import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import java.util.concurrent.CompletionStage;

/** Where rows are kept. */
public interface Warehouse {

    /**
     * Inserts one row. Returns at once; the work is done elsewhere.
     *
     * @return completes when the row is safe, which it stays when this process is killed; fails with
     *     {@link NotCommittedException} otherwise, by the deadline
     */
    CompletionStage<Void> insert(Row row, Deadline deadline);
}
