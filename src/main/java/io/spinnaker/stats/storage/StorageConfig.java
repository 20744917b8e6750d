package io.spinnaker.stats.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The storage engine and its location. */
@ConfigMapping(prefix = "stats.storage")
public interface StorageConfig {

    /**
     * {@code duckdb} or {@code bigquery}. Unset: DuckDB where its driver is packaged (dev mode, {@code java -jar}),
     * otherwise BigQuery (the native executable).
     */
    Optional<Kind> kind();

    /** Used when the kind is {@code duckdb}. */
    DuckDb duckdb();

    /** Used when the kind is {@code bigquery}. */
    BigQuery bigquery();

    /** The storage engines. */
    enum Kind {
        /** DuckDB: one file on this machine. */
        DUCKDB,
        /** Google BigQuery. */
        BIGQUERY
    }

    /** Settings of DuckDB. */
    interface DuckDb {
        /** The database file, created if it does not exist; {@code :memory:} keeps nothing. */
        @WithDefault("stats.duckdb")
        String path();

        /** Days for which events are kept, at least 1; older ones are deleted once a day. Unset: events are never deleted. */
        OptionalInt retentionDays();

        /** The file that a copy of the database is written to once a day. Unset: no copy. */
        Optional<Path> backupPath();
    }

    /** Settings of BigQuery. */
    interface BigQuery {
        /** The project of the dataset. Unset: the one that Google's libraries find in the environment. */
        Optional<String> project();

        /** The dataset of the table. */
        @WithDefault("stats")
        String dataset();

        /** The table, as {@code events.schema.json} describes it. */
        @WithDefault("events")
        String table();

        /** Base URL of the API. Plain http (an emulator) is called without credentials. */
        @WithDefault("https://bigquery.googleapis.com")
        URI host();

        /** Most bytes that one query may read. A query that would read more fails and costs nothing. */
        @WithDefault("20000000000")
        long maximumBytesBilled();
    }
}
