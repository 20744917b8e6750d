package io.spinnaker.stats.storage;

import java.util.List;
import java.util.Locale;

/** A table beside the events. Its schema file describes the columns, for example {@code
 * storage/rollups/daily_stages.schema.json}. */
public enum DerivedTable {
    /** One row per instance and day. */
    DAILY_INSTANCES("rollups"),
    /** One row per application and day. */
    DAILY_APPLICATIONS("rollups"),
    /** Executions per instance and day, by type, status and trigger. */
    DAILY_EXECUTIONS("rollups"),
    /** Stage runs per instance and day, by type, provider and status. */
    DAILY_STAGES("rollups"),
    /** The days that the tables above cover, with the number and a hash of the events of each. */
    ROLLUP_STATE("rollups"),
    /** The published numbers of all charts. No number belongs to one instance. */
    CHART_POINTS("charts"),
    /** The periods of each chart that are drawn, and so do not change. */
    DRAWN_PERIODS("charts"),
    /** The secrets behind noise and re-keyed ids. */
    SALTS("publication"),
    /** Instances and labels that owners have excluded from published numbers. */
    EXCLUDED("publication");

    private final String folder;

    DerivedTable(String folder) {
        this.folder = folder;
    }

    /** The name in the database. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the table comes from the events themselves, and has rows of single instances and days; all other tables are kept without limit. */
    boolean isRollUp() {
        return folder.equals("rollups");
    }

    List<Column> columns() {
        return Column.of("/storage/" + folder + "/" + tableName() + ".schema.json");
    }
}
