package io.spinnaker.stats.storage;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.TableId;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** BigQuery. */
final class BigQueryEngine implements StorageEngine {

    private final BigQuery bigQuery;
    private final TableId events;
    private final long maximumBytesBilled;
    private final RowStore rowStore;

    /**
     * Creates the engine; makes no call.
     *
     * @throws ConfigurationException if a name or the limit of a query is not valid
     */
    BigQueryEngine(BigQuery bigQuery, StorageConfig.BigQuery config, Vertx vertx) {
        validate(config);
        this.bigQuery = bigQuery;
        this.events = TableId.of(bigQuery.getOptions().getProjectId(), config.dataset(), config.table());
        this.maximumBytesBilled = config.maximumBytesBilled();
        this.rowStore = new BigQueryRowStore(bigQuery, events, vertx);
    }

    private static void validate(StorageConfig.BigQuery config) {
        if (!config.dataset().matches("[A-Za-z0-9_]+")) {
            throw new ConfigurationException(
                    "stats.storage.bigquery.dataset is not a valid name; expected letters, digits and _");
        }
        if (!config.table().matches("[A-Za-z0-9_-]+")) {
            throw new ConfigurationException(
                    "stats.storage.bigquery.table is not a valid name; expected letters, digits, _ and -");
        }
        if (config.maximumBytesBilled() < 1) {
            throw new ConfigurationException(
                    "stats.storage.bigquery.maximum-bytes-billed is out of range; expected 1 or more");
        }
    }

    @Override
    public RowStore rowStore() {
        return rowStore;
    }

    @Override
    public SqlEngine newSqlEngine() {
        return new BigQuerySqlEngine(bigQuery, events, maximumBytesBilled);
    }
}
