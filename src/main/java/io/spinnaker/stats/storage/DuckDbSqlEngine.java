package io.spinnaker.stats.storage;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs SQL in DuckDB in a separate session, so that rows are written meanwhile. */
final class DuckDbSqlEngine implements SqlEngine {

    private final DuckDbSession session;

    /** Creates the engine; creates the tables with the first statement. */
    DuckDbSqlEngine(DuckDbDatabase database) {
        this.session = new DuckDbSession(database, DuckDbDerivedTables::createOrReplace);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        try {
            return session.query(connection -> query(connection, sql));
        } catch (SQLException e) {
            throw DuckDbError.queryFailed(e);
        }
    }

    private static List<Map<String, @Nullable Object>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
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
    public void replace(DerivedTable table, String where, String select) {
        try {
            session.run(connection -> replace(connection, table(table.tableName()), where, select));
        } catch (SQLException e) {
            throw DuckDbError.queryFailed(e);
        }
    }

    private static void replace(Connection connection, String table, String where, String select) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Transaction.run(connection, () -> {
                // the query runs first, because it may read rows that are deleted next
                statement.execute("CREATE OR REPLACE TEMP TABLE replacement AS " + select);
                statement.execute("DELETE FROM " + table + " WHERE " + where);
                statement.execute("INSERT INTO " + table + " BY NAME FROM replacement");
                statement.execute("DROP TABLE replacement");
            });
        }
    }

    @Override
    public String table(String name) {
        return '"' + name + '"';
    }

    @Override
    public String sha256Hex(String text) {
        return "SHA256(" + text + ")";
    }

    /** DuckDB's random numbers can be predicted, and it logs no queries. */
    @Override
    public String randomHex() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "'" + HexFormat.of().formatHex(bytes) + "'";
    }

    @Override
    public String fileSuffix() {
        return ".duckdb.sql";
    }
}
