package io.spinnaker.stats.storage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.ServiceLoader;

/** DuckDB: one file on this machine, through plain JDBC, because the driver is not part of every package. */
final class DuckDbEngine implements StorageEngine {

    private final StorageConfig.DuckDb config;
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
        validate(config);
        this.config = config;
        this.database = new DuckDbDatabase(driver, config.path());
        try {
            database.release(database.connect());
        } catch (SQLException e) {
            throw new ConfigurationException("stats.storage.duckdb.path: DuckDB cannot use %s: %s; %s"
                    .formatted(config.path(), DuckDbError.sentence(e), DuckDbError.advice(e)));
        }
        this.rowStore = new DuckDbRowStore(new DuckDbSession(database), vertx);
    }

    private static void validate(StorageConfig.DuckDb config) {
        if (config.retentionDays().orElse(1) < 1) {
            throw new ConfigurationException("stats.storage.duckdb.retention-days is out of range; expected 1 or more");
        }
        Path database = realPath(Path.of(config.path()));
        config.backupPath().map(DuckDbEngine::realPath).ifPresent(backup -> {
            Path folder = backup.getParent();
            if (backup.equals(database) || Files.isDirectory(backup) || folder == null || !Files.isWritable(folder)) {
                throw new ConfigurationException(
                        "stats.storage.duckdb.backup-path cannot be written; expected another file than the database, in an existing folder");
            }
        });
    }

    /** The absolute path without symbolic links; the part that does not exist is left as it is. */
    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) { // does not exist
            Path path = file.toAbsolutePath().normalize();
            Path folder = path.getParent();
            return folder == null ? path : realPath(folder).resolve(folder.relativize(path));
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
        return new DuckDbSqlEngine(database);
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return config.retentionDays().isPresent() || config.backupPath().isPresent()
                ? Optional.of(new DuckDbMaintenance(database, config))
                : Optional.empty();
    }

    /** Finishes the current write, then closes the file. */
    @Override
    public void close() {
        rowStore.close();
        database.close();
    }
}
