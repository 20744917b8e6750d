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

/** Writes rows to DuckDB: one batch at a time, each in one statement. */
final class DuckDbRowStore implements RowStore, BulkLoader {

    /**
     * A statement with one parameter, a JSON array of rows. A row is sent as JSON, as to BigQuery; the inner unnest makes one
     * row per element, and the outer one turns its fields into columns.
     */
    static final String INSERT =
            "INSERT INTO events BY NAME SELECT unnest(row) FROM (SELECT unnest(from_json(?, '[%s]')) AS row)"
                    .formatted(DuckDbSchema.fromJsonShape(Column.ofEvents()));

    private final DuckDbSession session;
    private final BatchWriter<Row> writer;

    /** Creates the store; writes nothing yet. */
    DuckDbRowStore(DuckDbSession session, Vertx vertx) {
        this.session = session;
        this.writer = new BatchWriter<>("DuckDB", Limits.DUCKDB_ROWS, this::write, vertx);
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return writer.add(row, row.json().length, deadline);
    }

    /**
     * Writes a batch in one statement, so that it waits for the disk once. An error fails the whole batch. Rows whose deadline
     * has expired are left out: no client waits for them, but other rows would.
     */
    private void write(List<PendingWrite<Row>> batch, Deadline latest) {
        try {
            List<PendingWrite<Row>> written = session.query(connection -> {
                List<PendingWrite<Row>> inTime = batch.stream()
                        .filter(pending -> !pending.deadline().isExpired())
                        .toList();
                if (!inTime.isEmpty()) {
                    insert(connection, inTime.stream().map(PendingWrite::item).iterator());
                }
                return inTime;
            });
            written.forEach(PendingWrite::succeed);
        } catch (SQLException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, "DuckDB reports " + DuckDbError.category(e));
        }
    }

    @Override
    public long replace(String idPrefix, Stream<Row> rows) {
        try {
            return session.query(connection -> {
                Transaction.run(connection, () -> {
                    delete(connection, idPrefix);
                    for (Iterator<Row> remaining = rows.iterator(); remaining.hasNext(); ) {
                        insert(connection, remaining);
                    }
                });
                return count(connection, idPrefix);
            });
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot replace rows of the table events", e);
        }
    }

    private static void delete(Connection connection, String idPrefix) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM events WHERE starts_with(spinnaker_instance.id, ?)")) {
            statement.setString(1, idPrefix);
            statement.executeUpdate();
        }
    }

    /** Inserts the next rows, as many as one batch can have. */
    private static void insert(Connection connection, Iterator<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, jsonArray(rows));
            statement.executeUpdate();
        }
    }

    private static String jsonArray(Iterator<Row> rows) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        for (int i = 0; i < Limits.DUCKDB_ROWS.maxBatchSize() && rows.hasNext(); i++) {
            array.add(new String(rows.next().json(), StandardCharsets.UTF_8));
        }
        return array.toString();
    }

    @Override
    public long count(String idPrefix) {
        try {
            return session.query(connection -> count(connection, idPrefix));
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot read the table events", e);
        }
    }

    private static long count(Connection connection, String idPrefix) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(*) FROM events WHERE starts_with(spinnaker_instance.id, ?)")) {
            statement.setString(1, idPrefix);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Waits for the current write. */
    void close() {
        session.close();
    }
}
