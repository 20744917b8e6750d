package io.spinnaker.stats.storage;

import java.sql.SQLException;

/** Messages of DuckDB's errors. */
final class DuckDbError {

    private DuckDbError() {}

    /** The category of an error, such as "IO Error"; the rest of its message can quote a row. */
    static String category(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(':');
        return end > 0 ? message.substring(0, end) : "an error";
    }

    /** The failure of a query; its message names the category only. */
    static QueryFailedException queryFailed(SQLException e) {
        return new QueryFailedException("DuckDB reports " + category(e));
    }

    /** The first line of an error at startup, when there is no row yet that it could quote. */
    static String sentence(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("an error");
    }

    /** Tells an operator how to deal with an error at startup. */
    static String advice(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (DuckDbTable.isMismatch(e)) {
            return "run the version that wrote the file, or set another path";
        }
        if (message.contains("lock on file")) {
            return "stop the other process, or set another path";
        }
        if (message.contains("version number")) {
            return "run the version that wrote the file, or a newer one";
        }
        if (message.contains("not a valid DuckDB") || message.contains("Corrupt") || message.contains("enough bytes")) {
            return "restore a backup, or set another path";
        }
        return message.contains("No space left") ? "free some space" : "set another path";
    }
}
