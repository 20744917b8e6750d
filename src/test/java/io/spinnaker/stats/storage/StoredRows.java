package io.spinnaker.stats.storage;

import java.util.List;

/** Reads rows back from DuckDB. */
public final class StoredRows {

    private StoredRows() {}

    /** The newest rows, newest first, each as a JSON object. */
    public static List<String> latest(SqlEngine sqlEngine, int limit) {
        return sqlEngine
                .query("SELECT to_json(events) AS json FROM events ORDER BY received_at DESC LIMIT " + limit)
                .stream()
                .map(row -> String.valueOf(row.get("json")))
                .toList();
    }
}
