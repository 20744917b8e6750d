package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A table of DuckDB with the columns of a schema file, also if an earlier version made the table. */
final class DuckDbTable {

    /** Categories of errors that are about tables and columns, and not about the file or the disk. */
    private static final Set<String> SCHEMA_ERRORS =
            Set.of("Binder Error", "Catalog Error", "Constraint Error", "Not implemented Error", "Schema Error");

    private final String name;
    private final List<Column> columns;

    DuckDbTable(String name, List<Column> columns) {
        this.name = '"' + name + '"';
        this.columns = columns;
    }

    static DuckDbTable of(DerivedTable table) {
        return new DuckDbTable(table.tableName(), table.columns());
    }

    /** Creates the table. */
    void create(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE IF NOT EXISTS %s (%s)".formatted(name, DuckDbSchema.columnDdl(columns)));
    }

    /** Deletes the table with its rows. */
    void drop(Connection connection) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS " + name);
    }

    /**
     * Creates the table if it does not exist. Otherwise adds the columns and fields that it does not have, which are NULL in
     * the rows so far. Either all are added or none.
     *
     * @throws SQLException also if the table does not fit afterwards
     */
    void createOrUpgrade(Connection connection) throws SQLException {
        Transaction.run(connection, () -> {
            create(connection);
            for (String addition : additions("", columns)) { // does nothing and writes nothing if there is such a field
                execute(connection, "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s".formatted(name, addition));
            }
            check(connection);
        });
    }

    /**
     * Verifies that rows of the schema file can be inserted and read: every column and field is there with its type, and no
     * other column is required. Columns that a later version has added may stay.
     *
     * @throws SQLException if the table does not fit, or does not exist
     */
    void check(Connection connection) throws SQLException {
        List<String> paths = leaves("", columns);
        String select = "SELECT " + String.join(", ", paths) + " FROM ";
        List<String> types = types(connection, select + name + " LIMIT 0");
        List<String> expected = types(connection, select + "(SELECT " + DuckDbSchema.nulls(columns) + ") LIMIT 0");
        for (int i = 0; i < paths.size(); i++) {
            if (!types.get(i).equals(expected.get(i))) {
                throw mismatch("column %s has the type %s; expected %s"
                        .formatted(paths.get(i), types.get(i), expected.get(i)));
            }
        }
        Set<String> required = new HashSet<>(requiredColumns(connection));
        columns.stream()
                .filter(column -> column.mode().equals("REQUIRED"))
                .map(Column::name)
                .forEach(required::remove);
        if (!required.isEmpty()) {
            throw mismatch("column %s is required, but this version does not always write it"
                    .formatted(required.iterator().next()));
        }
    }

    /** Whether the error says that a table does not fit its schema file. */
    static boolean isMismatch(SQLException e) {
        return SCHEMA_ERRORS.contains(DuckDbError.category(e));
    }

    private SQLException mismatch(String reason) {
        return new SQLException("Schema Error: in the table " + name + ", " + reason);
    }

    /**
     * Paths and types of the columns and fields that can be added, as in {@code "execution"."stages".element."type" VARCHAR}. A
     * required column cannot: rows so far would not have it.
     */
    private static List<String> additions(String parent, List<Column> columns) {
        List<String> additions = new ArrayList<>();
        for (Column column : columns) {
            if (!parent.isEmpty() || !column.mode().equals("REQUIRED")) {
                additions.add(parent + DuckDbSchema.definition(column));
            }
            String path = parent + '"' + column.name() + '"' + (isList(column) ? ".element." : ".");
            additions.addAll(additions(path, column.fields()));
        }
        return additions;
    }

    /** Expressions for all values that are not structs, as in {@code "execution"."stages"[1]."type"}. */
    private static List<String> leaves(String parent, List<Column> columns) {
        List<String> leaves = new ArrayList<>();
        for (Column column : columns) {
            String path = parent + '"' + column.name() + '"' + (isList(column) ? "[1]" : "");
            if (column.fields().isEmpty()) {
                leaves.add(path);
            } else {
                leaves.addAll(leaves(path + '.', column.fields()));
            }
        }
        return leaves;
    }

    private static boolean isList(Column column) {
        return column.mode().equals("REPEATED");
    }

    private static List<String> types(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            ResultSetMetaData metaData = result.getMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                types.add(metaData.getColumnTypeName(i));
            }
            return types;
        }
    }

    private List<String> requiredColumns(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA table_info('" + name + "')")) {
            List<String> required = new ArrayList<>();
            while (result.next()) {
                if (result.getBoolean("notnull")) {
                    required.add(result.getString("name"));
                }
            }
            return required;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
