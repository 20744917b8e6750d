package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A separate DuckDB in memory. */
final class DuckDbInMemory implements TestStorage {

    private final DuckDbDatabase database =
            new DuckDbDatabase(DuckDbEngine.driver().orElseThrow(), ":memory:");
    private final DuckDbSession session = new DuckDbSession(database);
    private final SqlEngine sqlEngine = new DuckDbSqlEngine(database);

    @Override
    public void setEvents(List<JsonNode> rows) {
        try {
            session.run(connection -> setEvents(connection, rows));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void setEvents(Connection connection, List<JsonNode> rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(DuckDbRowStore.INSERT)) {
            statement.execute("DELETE FROM events");
            insert.setString(1, rows.toString());
            insert.execute();
        }
    }

    @Override
    public SqlEngine sqlEngine() {
        return sqlEngine;
    }

    @Override
    public void close() {
        database.close();
    }
}
