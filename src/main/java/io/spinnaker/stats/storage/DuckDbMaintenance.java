package io.spinnaker.stats.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Deletes expired rows from DuckDB, and backs it up, in a separate session, so that rows are written meanwhile. */
final class DuckDbMaintenance implements Maintenance {

    private final DuckDbSession session;
    private final StorageConfig.DuckDb config;

    /** Creates the maintenance; runs no statement. */
    DuckDbMaintenance(DuckDbDatabase database, StorageConfig.DuckDb config) {
        this.session = new DuckDbSession(database, DuckDbDerivedTables::createOrReplace);
        this.config = config;
    }

    @Override
    public OptionalInt retentionDays() {
        return config.retentionDays();
    }

    /** Deletes day by day, because other writes wait while a transaction commits. */
    @Override
    public void deleteBefore(LocalDate day) {
        run(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String end = endOfFirstDay(statement, day); end != null; end = endOfFirstDay(statement, day)) {
                    statement.execute(
                            "DELETE FROM events WHERE received_at < TIMESTAMPTZ '%s 00:00:00+00'".formatted(end));
                }
                for (DerivedTable table : DerivedTable.values()) {
                    if (table.isRollUp()) {
                        statement.execute("DELETE FROM %s WHERE day < DATE '%s'".formatted(table.tableName(), day));
                    }
                }
            }
        });
    }

    /** The day after the first day with events; null if the first one is not before the given day. */
    private static @Nullable String endOfFirstDay(Statement statement, LocalDate day) throws SQLException {
        try (ResultSet result = statement.executeQuery(
                "SELECT CAST(min(received_at) AS DATE) + 1 FROM events WHERE received_at < TIMESTAMPTZ '%s 00:00:00+00'"
                        .formatted(day))) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void backUp() {
        Optional<Path> target = config.backupPath();
        if (target.isPresent()) {
            Path partial = target.get().resolveSibling(target.get().getFileName() + ".partial");
            run(connection -> copy(connection, partial));
            try {
                Files.move(partial, target.get(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new QueryFailedException("stats.storage.duckdb.backup-path cannot be replaced");
            }
        }
    }

    /** Copies everything in one transaction, including rows that are only in DuckDB's log so far. */
    private static void copy(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            deletePartial(statement, file); // left by a process that was killed
            try {
                statement.execute("ATTACH '%s' AS \"backup copy\""
                        .formatted(file.toString().replace("'", "''")));
                statement.execute("COPY FROM DATABASE %s TO \"backup copy\"".formatted(currentDatabase(statement)));
                statement.execute("DETACH \"backup copy\"");
            } catch (SQLException e) {
                deletePartial(statement, file); // on a full disk, the rows need its space
                throw e;
            }
        }
    }

    private static void deletePartial(Statement statement, Path file) throws SQLException {
        try {
            statement.execute("DETACH DATABASE IF EXISTS \"backup copy\"");
        } catch (SQLException e) { // detached, but not complete
        }
        deleteIfExists(file);
        deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
    }

    private static String currentDatabase(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT current_database()")) {
            result.next();
            return '"' + result.getString(1).replace("\"", "\"\"") + '"';
        }
    }

    private static void deleteIfExists(Path file) throws SQLException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SQLException("IO Error: a partial backup cannot be deleted", e);
        }
    }

    private void run(DuckDbSession.Statements statements) {
        try {
            session.run(statements);
        } catch (SQLException e) {
            throw DuckDbError.queryFailed(e);
        }
    }
}
