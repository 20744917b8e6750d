package io.spinnaker.stats.warehouse;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.GroupCommit;
import io.spinnaker.stats.commit.GroupCommit.Limits;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.commit.Pending;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows in one file on this machine, through plain JDBC: the driver is not packaged everywhere. */
public final class DuckDbWarehouse implements Warehouse, AutoCloseable {

    /** One writer, for there is one file. Held: as many rows as wait for BigQuery elsewhere. */
    private static final Limits LIMITS = new Limits(1, 500, 9_000_000, 10_000, 12 << 20);

    private final Connection connection;
    private final PreparedStatement insert;
    private final GroupCommit<Row> rows;

    /**
     * Opens the database and makes the table when it is not there.
     *
     * @throws ConfigurationException when there is no driver, or the file cannot be used
     */
    DuckDbWarehouse(WarehouseConfig.DuckDb config, Vertx vertx) {
        Driver driver = driver().orElseThrow(() -> new ConfigurationException(
                "stats.warehouse.kind is duckdb, but this package comes without DuckDB: set it to bigquery"));
        List<Column> columns = Column.ofEvents();
        try {
            this.connection = driver.connect("jdbc:duckdb:" + config.path(), new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute("CREATE TABLE IF NOT EXISTS events (%s)".formatted(definitions(columns)));
            }
            // the row travels as JSON, as it does to BigQuery; unnest makes columns of the fields
            this.insert = connection.prepareStatement(
                    "INSERT INTO events BY NAME SELECT unnest(from_json(?, '%s'))".formatted(structure(columns)));
        } catch (SQLException e) {
            throw new ConfigurationException(
                    "stats.warehouse.duckdb.path: DuckDB cannot use " + config.path() + ": " + e.getMessage());
        }
        this.rows = new GroupCommit<>("DuckDB", LIMITS, this::write, vertx);
    }

    /** DuckDB's driver, where it is packaged. */
    static Optional<Driver> driver() {
        return ServiceLoader.load(Driver.class, DuckDbWarehouse.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(DuckDbWarehouse::isDuckDb)
                .findFirst();
    }

    private static boolean isDuckDb(Driver driver) {
        try {
            return driver.acceptsURL("jdbc:duckdb:");
        } catch (SQLException e) {
            return false;
        }
    }

    /** A table's columns as CREATE TABLE wants them. */
    static String definitions(List<Column> columns) {
        return columns.stream()
                .map(column -> definition(column) + (column.mode().equals("REQUIRED") ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String definition(Column column) {
        String type = column.type().equals("RECORD")
                ? column.fields().stream()
                        .map(DuckDbWarehouse::definition)
                        .collect(Collectors.joining(", ", "STRUCT(", ")"))
                : type(column);
        return '"' + column.name() + "\" " + type + (column.mode().equals("REPEATED") ? "[]" : "");
    }

    /** The table's shape as from_json wants it. */
    static String structure(List<Column> columns) {
        return columns.stream()
                .map(column -> {
                    String shape =
                            column.type().equals("RECORD") ? structure(column.fields()) : '"' + type(column) + '"';
                    return '"' + column.name() + "\":" + (column.mode().equals("REPEATED") ? "[" + shape + "]" : shape);
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String type(Column column) {
        return switch (column.type()) {
            case "STRING" -> "VARCHAR";
            case "INTEGER" -> "BIGINT";
            case "TIMESTAMP" -> "TIMESTAMPTZ";
            case "DATE" -> "DATE";
            default -> throw new IllegalStateException(column.name() + " is of a type unknown here: " + column.type());
        };
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return rows.add(row, row.json().length, deadline);
    }

    /** All of them or none: one transaction, and so one wait for the disk. What fails here, fails for any row. */
    private synchronized void write(List<Pending<Row>> group, Deadline latest) {
        try {
            Transaction.run(connection, () -> {
                for (Pending<Row> pending : group) {
                    insert.setString(1, new String(pending.item().json(), StandardCharsets.UTF_8));
                    insert.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new NotCommittedException(Why.UNAVAILABLE, "DuckDB reports " + category(e));
        }
        group.forEach(Pending::succeed);
    }

    /**
     * Puts rows in the place of all those of instances whose ids begin so: all of it or nothing. Other writers wait as
     * long as that takes.
     *
     * @return how many rows there are of such instances now
     */
    public synchronized long replace(String beginning, Stream<Row> rows) {
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM events WHERE starts_with(spinnaker_instance.id, ?)");
                PreparedStatement insertMany = connection.prepareStatement(insertMany())) {
            Transaction.run(connection, () -> {
                delete.setString(1, beginning);
                delete.executeUpdate();
                for (Iterator<Row> rest = rows.iterator(); rest.hasNext(); ) {
                    insertMany.setString(1, list(rest));
                    insertMany.executeUpdate();
                }
            });
            return count(beginning);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot replace rows of its own table", e);
        }
    }

    /** Inserts the rows of one parameter, a JSON array. */
    static String insertMany() {
        return "INSERT INTO events BY NAME SELECT unnest(row) FROM (SELECT unnest(from_json(?, '[%s]')) AS row)"
                .formatted(structure(Column.ofEvents()));
    }

    /** As a JSON array, as many of them as are inserted at once. */
    private static String list(Iterator<Row> rows) {
        StringJoiner list = new StringJoiner(",", "[", "]");
        for (int i = 0; i < LIMITS.itemsPerCall() && rows.hasNext(); i++) {
            list.add(new String(rows.next().json(), StandardCharsets.UTF_8));
        }
        return list.toString();
    }

    /** How many rows there are of instances whose ids begin so. */
    public synchronized long count(String beginning) {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(*) FROM events WHERE starts_with(spinnaker_instance.id, ?)")) {
            statement.setString(1, beginning);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot read its own table", e);
        }
    }

    /** "IO Error", "Constraint Error" and the like: what follows in the message can quote the row. */
    static String category(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(':');
        return end > 0 ? message.substring(0, end) : "an error";
    }

    /** The newest rows, at most so many, newest first, each as a JSON object. */
    public synchronized List<String> latest(int rows) {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT to_json(events) FROM events ORDER BY received_at DESC LIMIT ?")) {
            statement.setInt(1, rows);
            List<String> latest = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    latest.add(result.getString(1));
                }
            }
            return latest;
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot read its own table", e);
        }
    }

    /**
     * SQL over the same database, which goes on while rows are written.
     *
     * @throws AnalysisException when DuckDB cannot make the dashboard's tables
     */
    Analysis analysis() {
        try { // the driver's class is not there to compile against, as it is not packaged everywhere
            return new DuckDbAnalysis(
                    (Connection) connection.getClass().getMethod("duplicate").invoke(connection));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every driver of DuckDB's can duplicate a connection", e);
        }
    }

    /** Ends what is being written, then closes the file. */
    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
