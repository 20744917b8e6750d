package io.spinnaker.stats.storage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;

/** DuckDB: one file on this machine, through plain JDBC, because the driver is not part of every package. */
final class DuckDbEngine implements StorageEngine {

    private final Connection connection;
    private final DuckDbRowStore rowStore;

    /**
     * Opens the database and creates the table {@code events} if it does not exist.
     *
     * @throws ConfigurationException if there is no driver, or the file cannot be used
     */
    DuckDbEngine(StorageConfig.DuckDb config, Vertx vertx) {
        Driver driver = driver().orElseThrow(() -> new ConfigurationException(
                "stats.storage.kind is duckdb, but this package does not contain DuckDB; set it to bigquery"));
        try {
            this.connection = driver.connect("jdbc:duckdb:" + config.path(), new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS events (%s)".formatted(DuckDbSchema.columnDdl(Column.ofEvents())));
            }
            this.rowStore = new DuckDbRowStore(connection, vertx);
        } catch (SQLException e) {
            throw new ConfigurationException(
                    "stats.storage.duckdb.path: DuckDB cannot use " + config.path() + ": " + e.getMessage());
        }
    }

    /** Whether this package contains the driver. */
    static boolean isAvailable() {
        return driver().isPresent();
    }

    static Optional<Driver> driver() {
        return ServiceLoader.load(Driver.class, DuckDbEngine.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(DuckDbEngine::isDuckDb)
                .findFirst();
    }

    private static boolean isDuckDb(Driver driver) {
        try {
            return driver.acceptsURL("jdbc:duckdb:");
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public RowStore rowStore() {
        return rowStore;
    }

    @Override
    public Optional<BulkLoader> bulkLoader() {
        return Optional.of(rowStore);
    }

    /** Uses a second connection to the same file, so that rows are written while a query runs. */
    @Override
    public SqlEngine newSqlEngine() {
        try { // by reflection, because the driver's class is not there to compile against
            return new DuckDbSqlEngine(
                    (Connection) connection.getClass().getMethod("duplicate").invoke(connection));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("every version of DuckDB's driver can duplicate a connection", e);
        }
    }

    /** Finishes the current write, then closes the file. */
    @Override
    public void close() {
        try {
            rowStore.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB reports " + DuckDbSchema.errorCategory(e), e);
        }
    }
}
