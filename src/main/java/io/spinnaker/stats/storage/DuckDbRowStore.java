package io.spinnaker.stats.storage;

import io.spinnaker.stats.batch.BatchWriter;
import io.spinnaker.stats.batch.PendingWrite;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Writes rows to DuckDB. One connection, used by one thread at a time. */
final class DuckDbRowStore implements RowStore, BulkLoader {

    private final Connection connection;
    private final PreparedStatement insert;
    private final BatchWriter<Row> writer;

    /** Takes over the connection of a database that has the table {@code events}. */
    DuckDbRowStore(Connection connection, Vertx vertx) throws SQLException {
        this.connection = connection;
        // a row is sent as JSON, as to BigQuery; unnest turns its fields into columns
        this.insert = connection.prepareStatement("INSERT INTO events BY NAME SELECT unnest(from_json(?, '%s'))"
                .formatted(DuckDbSchema.fromJsonShape(Column.ofEvents())));
        this.writer = new BatchWriter<>("DuckDB", Limits.DUCKDB_ROWS, this::write, vertx);
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return writer.add(row, row.json().length, deadline);
    }

    /** Writes a batch in one transaction, so that it waits for the disk once. An error fails the whole batch. */
    private synchronized void write(List<PendingWrite<Row>> batch, Deadline latest) {
        try {
            Transaction.run(connection, () -> {
                for (PendingWrite<Row> pending : batch) {
                    insert.setString(1, new String(pending.item().json(), StandardCharsets.UTF_8));
                    insert.executeUpdate();
                }
            });
        } catch (SQLException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, "DuckDB reports " + DuckDbSchema.errorCategory(e));
        }
        batch.forEach(PendingWrite::succeed);
    }

    @Override
    public synchronized long replace(String idPrefix, Stream<Row> rows) {
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM events WHERE starts_with(spinnaker_instance.id, ?)");
                PreparedStatement insertMany = connection.prepareStatement(insertManySql())) {
            Transaction.run(connection, () -> {
                delete.setString(1, idPrefix);
                delete.executeUpdate();
                for (Iterator<Row> remaining = rows.iterator(); remaining.hasNext(); ) {
                    insertMany.setString(1, jsonArray(remaining));
                    insertMany.executeUpdate();
                }
            });
            return count(idPrefix);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot replace rows of the table events", e);
        }
    }

    /** A statement with one parameter, a JSON array of rows. */
    static String insertManySql() {
        return "INSERT INTO events BY NAME SELECT unnest(row) FROM (SELECT unnest(from_json(?, '[%s]')) AS row)"
                .formatted(DuckDbSchema.fromJsonShape(Column.ofEvents()));
    }

    /** The next rows as a JSON array, as many as one statement inserts. */
    private static String jsonArray(Iterator<Row> rows) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        for (int i = 0; i < Limits.DUCKDB_ROWS.maxBatchSize() && rows.hasNext(); i++) {
            array.add(new String(rows.next().json(), StandardCharsets.UTF_8));
        }
        return array.toString();
    }

    @Override
    public synchronized long count(String idPrefix) {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(*) FROM events WHERE starts_with(spinnaker_instance.id, ?)")) {
            statement.setString(1, idPrefix);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot read the table events", e);
        }
    }

    /** Finishes the current write, then closes the connection. */
    synchronized void close() throws SQLException {
        connection.close();
    }
}
