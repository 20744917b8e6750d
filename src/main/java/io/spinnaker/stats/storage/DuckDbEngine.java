package io.spinnaker.stats.storage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.ServiceLoader;

/** DuckDB: one file on this machine, through plain JDBC, because the driver is not part of every package. */
final class DuckDbEngine implements StorageEngine {

    private final DuckDbDatabase database;
    private final DuckDbRowStore rowStore;

    /**
     * Opens the database, creates the table {@code events} if it does not exist, and adds its new columns if an earlier version
     * created it.
     *
     * @throws ConfigurationException if there is no driver, or the file cannot be used
     */
    DuckDbEngine(StorageConfig.DuckDb config, Vertx vertx) {
        Driver driver = driver().orElseThrow(() -> new ConfigurationException(
                "stats.storage.kind is duckdb, but this package does not contain DuckDB; set it to bigquery"));
        this.database = new DuckDbDatabase(driver, config.path());
        try {
            database.release(database.connect());
        } catch (SQLException e) {
            throw new ConfigurationException("stats.storage.duckdb.path: DuckDB cannot use %s: %s; %s"
                    .formatted(config.path(), DuckDbError.sentence(e), DuckDbError.advice(e)));
        }
        this.rowStore = new DuckDbRowStore(new DuckDbSession(database), vertx);
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
        return new DuckDbSqlEngine(database);
    }

    /** Finishes the current write, then closes the file. */
    @Override
    public void close() {
        rowStore.close();
        database.close();
    }
}
