package io.spinnaker.stats.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Which warehouse takes the rows, and where it is. */
@ConfigMapping(prefix = "stats.storage")
public interface StorageConfig {

    /**
     * {@code duckdb} or {@code bigquery}. Unset, it is DuckDB where its driver is packaged (dev mode, {@code java
     * -jar}), else BigQuery (the native executable).
     */
    Optional<Kind> kind();

    /** Used when the kind is {@code duckdb}. */
    DuckDb duckdb();

    /** Used when the kind is {@code bigquery}. */
    BigQuery bigquery();

    /** The warehouses there are. */
    enum Kind {
        /** One file on this machine. */
        DUCKDB,
        /** Google's. */
        BIGQUERY
    }

    /** Settings of DuckDB. */
    interface DuckDb {
        /** The database file, made when it is not there; {@code :memory:} keeps nothing. */
        @WithDefault("stats.duckdb")
        String path();
    }

    /** Settings of BigQuery. */
    interface BigQuery {
        /** The project of the dataset; unset, the one that Google's libraries find in the environment. */
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

        /**
         * Most bytes that one of the dashboard's queries may read: one that would read more costs nothing, and fails.
         */
        @WithDefault("20000000000")
        long maximumBytesBilled();
    }
}
