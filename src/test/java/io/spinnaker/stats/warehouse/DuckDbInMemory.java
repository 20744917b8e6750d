package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A DuckDB of its own. */
final class DuckDbInMemory implements TestWarehouse {

    private final Connection connection;
    private final Analysis analysis;

    DuckDbInMemory() {
        try {
            connection = DuckDbWarehouse.driver().orElseThrow().connect("jdbc:duckdb:", new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE events (" + DuckDbWarehouse.definitions(Column.ofEvents()) + ")");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        analysis = new DuckDbAnalysis(connection);
    }

    @Override
    public void setEvents(List<JsonNode> rows) {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(DuckDbWarehouse.insertMany())) {
            statement.execute("DELETE FROM events");
            insert.setString(1, rows.toString());
            insert.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Analysis analysis() {
        return analysis;
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
