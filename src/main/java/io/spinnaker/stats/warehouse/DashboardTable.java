package io.spinnaker.stats.warehouse;

import java.util.List;
import java.util.Locale;

/**
 * A table that the dashboard makes for itself. What is in its columns, its schema file says: {@code
 * warehouse/daily/daily_stages.schema.json} for example.
 */
public enum DashboardTable {
    /** Each instance of a day. */
    DAILY_INSTANCES("daily"),
    /** Each application of a day. */
    DAILY_APPLICATIONS("daily"),
    /** What executions there were on a day, by instance. */
    DAILY_EXECUTIONS("daily"),
    /** What stages there were on a day, by instance. */
    DAILY_STAGES("daily"),
    /** Which days the tables above have, and of how many rows. */
    ROLLED_DAYS("daily"),
    /** The charts: numbers that may be seen by everybody. No instance is in it, so it is kept for good. */
    CELLS("published"),
    /** Up to which day the cells of each chart are right. */
    DRAWN("published");

    private final String folder;

    DashboardTable(String folder) {
        this.folder = folder;
    }

    /** In the database. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Column> columns() {
        return Column.of("/warehouse/" + folder + "/" + tableName() + ".schema.json");
    }
}
