package io.spinnaker.stats.storage;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The database file and the connections to it. After some errors, such as a full disk during a checkpoint, DuckDB rejects
 * every statement until all connections are closed. A new connection that is rejected therefore closes all others and opens
 * the file again.
 */
final class DuckDbDatabase implements AutoCloseable {

    private static final DuckDbTable EVENTS = new DuckDbTable("events", Column.ofEvents());

    private final Driver driver;
    private final String path;

    // guarded by this, all below
    private final List<Connection> connections = new ArrayList<>();
    /** Keeps the file open while no other connection is; null if the file is not open. */
    private @Nullable Connection first;

    private boolean closed;

    /** Creates the owner of the file; opens nothing yet. */
    DuckDbDatabase(Driver driver, String path) {
        this.driver = driver;
        this.path = path;
    }

    /**
     * Returns a new connection to the database, which has the table {@code events} with all its columns.
     *
     * @throws SQLException if the file cannot be opened, or its table has other columns
     */
    synchronized Connection connect() throws SQLException {
        if (closed) {
            throw new SQLException("IO Error: the database is closed");
        }
        if (first != null) {
            try {
                return duplicate(first);
            } catch (SQLException e) { // DuckDB rejects every statement
                closeAll();
            }
        }
        return duplicate(open());
    }

    private Connection open() throws SQLException {
        Connection opened = driver.connect("jdbc:duckdb:" + path, new Properties());
        try (Statement statement = opened.createStatement()) {
            // DuckDB's default is 80 %, but Java's heap takes a quarter
            statement.execute("SET memory_limit = '50%'");
            EVENTS.createOrUpgrade(opened);
        } catch (SQLException | RuntimeException e) {
            close(opened);
            throw e;
        }
        first = opened;
        return opened;
    }

    private Connection duplicate(Connection connection) throws SQLException {
        Connection duplicate;
        try { // by reflection, because the driver's class is not there to compile against
            duplicate =
                    (Connection) connection.getClass().getMethod("duplicate").invoke(connection);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getCause());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("every version of DuckDB's driver can duplicate a connection", e);
        }
        try (Statement statement = duplicate.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        } catch (SQLException e) {
            close(duplicate);
            throw e;
        }
        connections.add(duplicate);
        return duplicate;
    }

    /** Closes a connection that {@link #connect} returned; a running statement is interrupted. */
    synchronized void release(Connection connection) {
        connections.remove(connection);
        close(connection);
    }

    /** Closes all connections. DuckDB then writes what is only in its log into the file. */
    @Override
    public synchronized void close() {
        closed = true;
        closeAll();
    }

    private void closeAll() {
        connections.forEach(DuckDbDatabase::close);
        connections.clear();
        if (first != null) {
            close(first);
            first = null;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB's driver cannot close a connection", e);
        }
    }
}
