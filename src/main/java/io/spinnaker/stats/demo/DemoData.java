package io.spinnaker.stats.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.spinnaker.stats.warehouse.DuckDbWarehouse;
import io.spinnaker.stats.warehouse.Warehouse;
import jakarta.inject.Singleton;
import java.time.LocalDate;

/**
 * Made-up events in the developer's own database, beside no others. That an event is made up shows in its instance's
 * id, which begins as {@link DemoInstance#BEGINNING}.
 */
@IfBuildProfile("dev")
@Singleton
public class DemoData {

    private final Warehouse warehouse;

    DemoData(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Whether there are made-up events in the warehouse, and so in every number drawn from it. */
    public boolean isThere() {
        return warehouse instanceof DuckDbWarehouse duckDb && duckDb.count(DemoInstance.BEGINNING) > 0;
    }

    /**
     * Fills the database with the year before that day, in place of another that may be there. Takes seconds, in which
     * nothing else is written.
     *
     * @return how many events there are now
     * @throws RefusedException when there are real events, or it is no DuckDB; nothing is changed
     */
    long fill(LocalDate today) throws RefusedException {
        if (!(warehouse instanceof DuckDbWarehouse duckDb)) {
            throw new RefusedException("Demo data is for DuckDB alone: stats.warehouse.kind is another.");
        }
        long real = duckDb.count("") - duckDb.count(DemoInstance.BEGINNING);
        if (real > 0) {
            throw new RefusedException(
                    "The database holds real events (" + real + "), with which demo data is not mixed: "
                            + "move stats.duckdb away, or set STATS_WAREHOUSE_DUCKDB_PATH=demo.duckdb, and start again.");
        }
        return duckDb.replace(DemoInstance.BEGINNING, DemoYear.before(today).rows());
    }
}
