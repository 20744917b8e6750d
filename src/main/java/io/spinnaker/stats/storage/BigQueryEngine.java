package io.spinnaker.stats.storage;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** BigQuery. */
final class BigQueryEngine implements StorageEngine {

    private final StorageConfig.BigQuery config;
    private final RowStore rowStore;

    /**
     * Creates the engine; makes no call.
     *
     * @throws ConfigurationException if there is no project, the host is not a base URL, or there are no credentials
     */
    BigQueryEngine(StorageConfig.BigQuery config, Vertx vertx) {
        this.config = config;
        this.rowStore = new BigQueryRowStore(config, vertx);
    }

    @Override
    public RowStore rowStore() {
        return rowStore;
    }

    @Override
    public SqlEngine newSqlEngine() {
        return new BigQuerySqlEngine(config);
    }
}
