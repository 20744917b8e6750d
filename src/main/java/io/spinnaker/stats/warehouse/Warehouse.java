package io.spinnaker.stats.warehouse;

import java.util.concurrent.CompletionStage;

/** Where rows are kept. */
public interface Warehouse {

    /**
     * Inserts one row. Returns at once; the work is done elsewhere.
     *
     * @return completes when the row is safe, which it stays when this process is killed; fails with
     *     {@link NotStoredException} otherwise
     */
    CompletionStage<Void> insert(Row row);
}
