package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A separate DuckDB in memory. */
final class DuckDbInMemory implements TestStorage {

    private final Connection connection;
    private final SqlEngine sqlEngine;

    DuckDbInMemory() {
        try {
            connection = DuckDbEngine.driver().orElseThrow().connect("jdbc:duckdb:", new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE events (" + DuckDbSchema.columnDdl(Column.ofEvents()) + ")");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        sqlEngine = new DuckDbSqlEngine(connection);
    }

    @Override
    public void setEvents(List<JsonNode> rows) {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(DuckDbRowStore.insertManySql())) {
            statement.execute("DELETE FROM events");
            insert.setString(1, rows.toString());
            insert.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public SqlEngine sqlEngine() {
        return sqlEngine;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
