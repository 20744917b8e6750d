package io.spinnaker.stats.storage;

import java.net.URI;
import java.util.Optional;

/** Settings of a BigQuery with a project {@code demo} and a table {@code events}. */
record BigQueryConfig(URI host, String dataset) implements StorageConfig.BigQuery {

    @Override
    public Optional<String> project() {
        return Optional.of("demo");
    }

    @Override
    public String table() {
        return "events";
    }

    @Override
    public long maximumBytesBilled() {
        return 1_000_000_000;
    }
}
