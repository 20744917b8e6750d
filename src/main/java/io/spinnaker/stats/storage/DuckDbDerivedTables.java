package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Creates the derived tables, and replaces roll-ups of an earlier version, because their rows can be computed again. */
final class DuckDbDerivedTables {

    private DuckDbDerivedTables() {}

    /**
     * Makes every derived table fit its schema file. Roll-ups that do not fit are emptied together, so that all days are
     * rolled up again. The other tables keep their rows: published numbers can be older than the events, and a second drawing
     * would show what was deleted since. One session at a time, because two would replace each other's tables.
     *
     * @throws SQLException also if a table other than a roll-up does not fit, and no column can be added
     */
    static synchronized void createOrReplace(Connection connection) throws SQLException {
        dropSums(connection);
        for (DuckDbTable table : tables(false)) {
            table.createOrUpgrade(connection);
        }
        List<DuckDbTable> rollUps = tables(true);
        if (!fit(rollUps, connection)) {
            Transaction.run(connection, () -> {
                for (DuckDbTable table : rollUps) {
                    table.drop(connection);
                    table.create(connection);
                }
            });
        }
    }

    /** Drops published numbers of the first versions, which were sums of executions, and so cannot be continued. */
    private static void dropSums(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet former = statement.executeQuery(
                        "SELECT table_name FROM duckdb_tables() WHERE table_name = 'chart_watermarks'")) {
            if (former.next()) {
                statement.execute("DROP TABLE IF EXISTS chart_points; DROP TABLE chart_watermarks");
            }
        }
    }

    private static List<DuckDbTable> tables(boolean rollUps) {
        return Arrays.stream(DerivedTable.values())
                .filter(table -> table.isRollUp() == rollUps)
                .map(DuckDbTable::of)
                .toList();
    }

    private static boolean fit(List<DuckDbTable> tables, Connection connection) throws SQLException {
        try {
            for (DuckDbTable table : tables) {
                table.check(connection);
            }
            return true;
        } catch (SQLException e) {
            if (DuckDbTable.isMismatch(e)) {
                return false;
            }
            throw e; // the disk is full, for example
        }
    }
}
