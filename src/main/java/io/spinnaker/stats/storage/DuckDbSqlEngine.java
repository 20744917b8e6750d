package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs SQL in DuckDB on a separate connection, so that rows are written meanwhile. Creates the derived tables. */
final class DuckDbSqlEngine implements SqlEngine {

    private final Connection connection;

    /**
     * Takes over the connection.
     *
     * @throws QueryFailedException if DuckDB cannot create the tables
     */
    DuckDbSqlEngine(Connection connection) {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            for (DerivedTable table : DerivedTable.values()) {
                statement.execute("CREATE TABLE IF NOT EXISTS %s (%s)"
                        .formatted(table(table.tableName()), DuckDbSchema.columnDdl(table.columns())));
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public synchronized List<Map<String, @Nullable Object>> query(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = result.getObject(i);
            row.put(
                    columns.getColumnName(i),
                    value == null ? null : value instanceof Number number ? number.longValue() : value.toString());
        }
        return row;
    }

    @Override
    public synchronized void replace(DerivedTable table, String where, String select) {
        String name = table(table.tableName());
        try (Statement statement = connection.createStatement()) {
            Transaction.run(connection, () -> {
                // the query runs first, because it may read rows that are deleted next
                statement.execute("CREATE OR REPLACE TEMP TABLE replacement AS " + select);
                statement.execute("DELETE FROM " + name + " WHERE " + where);
                statement.execute("INSERT INTO " + name + " BY NAME FROM replacement");
                statement.execute("DROP TABLE replacement");
            });
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public String table(String name) {
        return '"' + name + '"';
    }

    @Override
    public String fileSuffix() {
        return ".duckdb.sql";
    }

    private static QueryFailedException failure(SQLException e) {
        return new QueryFailedException("DuckDB reports " + DuckDbSchema.errorCategory(e));
    }
}
