package io.spinnaker.stats.storage;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.TableId;
import io.vertx.core.Vertx;

/** BigQuery. */
final class BigQueryEngine implements StorageEngine {

    private final BigQuery bigQuery;
    private final TableId events;
    private final long maximumBytesBilled;
    private final RowStore rowStore;

    /** Creates the engine; makes no call. */
    BigQueryEngine(BigQuery bigQuery, StorageConfig.BigQuery config, Vertx vertx) {
        this.bigQuery = bigQuery;
        this.events = TableId.of(bigQuery.getOptions().getProjectId(), config.dataset(), config.table());
        this.maximumBytesBilled = config.maximumBytesBilled();
        this.rowStore = new BigQueryRowStore(bigQuery, events, vertx);
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
