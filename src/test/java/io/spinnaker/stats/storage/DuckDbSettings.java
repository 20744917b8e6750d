package io.spinnaker.stats.storage;

import java.nio.file.Path;

/** Settings of DuckDB in a test. */
record DuckDbSettings(String path) implements StorageConfig.DuckDb {

    static DuckDbSettings file(Path path) {
        return new DuckDbSettings(path.toString());
    }
}
