package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Creates the derived tables, and replaces those of an earlier version whose rows can be computed again. */
final class DuckDbDerivedTables {

    private DuckDbDerivedTables() {}

    /**
     * Makes every derived table fit its schema file. Roll-ups that do not fit are emptied together, so that all days are
     * rolled up again. The tables of charts keep their rows if columns can be added, because their numbers can be older than
     * the events. One session at a time, because two would replace each other's tables.
     *
     * @throws SQLException also if a table whose rows cannot be computed again does not fit
     */
    static synchronized void createOrReplace(Connection connection) throws SQLException {
        for (DuckDbTable table : tables(DerivedTable::isKept)) {
            table.createOrUpgrade(connection);
        }
        List<DuckDbTable> rollUps = tables(DerivedTable::isRollUp);
        if (!fit(rollUps, table -> table.check(connection))) {
            replace(rollUps, connection);
        }
        List<DuckDbTable> charts = tables(table -> !table.isKept() && !table.isRollUp());
        if (!fit(charts, table -> table.createOrUpgrade(connection))) {
            replace(charts, connection);
        }
    }

    private static List<DuckDbTable> tables(Predicate<DerivedTable> selected) {
        return Arrays.stream(DerivedTable.values())
                .filter(selected)
                .map(DuckDbTable::of)
                .toList();
    }

    /** A statement about one table that fails if the table does not fit. */
    private interface Check {
        void run(DuckDbTable table) throws SQLException;
    }

    private static boolean fit(List<DuckDbTable> tables, Check check) throws SQLException {
        try {
            for (DuckDbTable table : tables) {
                check.run(table);
            }
            return true;
        } catch (SQLException e) {
            if (DuckDbTable.isMismatch(e)) {
                return false;
            }
            throw e; // the disk is full, for example
        }
    }

    private static void replace(List<DuckDbTable> tables, Connection connection) throws SQLException {
        Transaction.run(connection, () -> {
            for (DuckDbTable table : tables) {
                table.drop(connection);
                table.create(connection);
            }
        });
    }
}
