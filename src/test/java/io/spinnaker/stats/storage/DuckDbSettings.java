package io.spinnaker.stats.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of DuckDB in a test. */
public record DuckDbSettings(String path, OptionalInt retentionDays, Optional<Path> backupPath)
        implements StorageConfig.DuckDb {

    /** A file without retention and backup. */
    static DuckDbSettings file(Path path) {
        return new DuckDbSettings(path.toString(), OptionalInt.empty(), Optional.empty());
    }

    DuckDbSettings withRetentionDays(int days) {
        return new DuckDbSettings(path, OptionalInt.of(days), backupPath);
    }

    DuckDbSettings withBackup(Path file) {
        return new DuckDbSettings(path, retentionDays, Optional.of(file));
    }
}
