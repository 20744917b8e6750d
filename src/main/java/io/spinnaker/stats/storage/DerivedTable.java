package io.spinnaker.stats.storage;

import java.util.List;
import java.util.Locale;

/**
 * A table that the dashboard makes for itself. What is in its columns, its schema file says: {@code
 * storage/rollups/daily_stages.schema.json} for example.
 */
public enum DerivedTable {
    /** Each instance of a day. */
    DAILY_INSTANCES("rollups"),
    /** Each application of a day. */
    DAILY_APPLICATIONS("rollups"),
    /** What executions there were on a day, by instance. */
    DAILY_EXECUTIONS("rollups"),
    /** What stages there were on a day, by instance. */
    DAILY_STAGES("rollups"),
    /** Which days the tables above have, and of how many rows. */
    ROLLUP_STATE("rollups"),
    /** The charts: numbers that may be seen by everybody. No instance is in it, so it is kept for good. */
    CHART_POINTS("charts"),
    /** Up to which day the cells of each chart are right. */
    CHART_WATERMARKS("charts");

    private final String folder;

    DerivedTable(String folder) {
        this.folder = folder;
    }

    /** In the database. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Column> columns() {
        return Column.of("/storage/" + folder + "/" + tableName() + ".schema.json");
    }
}
