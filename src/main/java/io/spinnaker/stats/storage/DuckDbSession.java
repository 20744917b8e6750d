package io.spinnaker.stats.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to DuckDB that is opened when it is needed, and opened again after an error. It runs the statements of one
 * caller at a time; others wait.
 */
final class DuckDbSession implements AutoCloseable {

    private final DuckDbDatabase database;
    private final Statements preparation;
    private @Nullable Connection connection;

    /** Statements on the connection. */
    @FunctionalInterface
    interface Statements {
        void run(Connection connection) throws SQLException;
    }

    /** Statements on the connection that have a result. */
    @FunctionalInterface
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Creates a session; opens no connection. */
    DuckDbSession(DuckDbDatabase database) {
        this(database, connection -> {});
    }

    /** Creates a session whose connections run some statements first, such as those that create tables. */
    DuckDbSession(DuckDbDatabase database, Statements preparation) {
        this.database = database;
        this.preparation = preparation;
    }

    /** Runs the statements. After an exception, the next ones get a new connection. */
    void run(Statements statements) throws SQLException {
        boolean unused = query(connection -> {
            statements.run(connection);
            return true;
        });
    }

    /** Runs the statements, and returns their result. After an exception, the next ones get a new connection. */
    synchronized <T> T query(Query<T> query) throws SQLException {
        try {
            return query.run(connection());
        } catch (SQLException | RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) { // closed when another session found the database unusable
            current = database.connect();
            connection = current;
            preparation.run(current);
        }
        return current;
    }

    /** Waits for the current statements, then closes the connection. */
    @Override
    public synchronized void close() {
        release();
    }

    private void release() {
        Connection failed = connection;
        connection = null;
        if (failed != null) {
            database.release(failed);
        }
    }
}
