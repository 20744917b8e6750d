package io.spinnaker.stats.storage;

import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.gcp.GoogleClients;
import io.spinnaker.stats.storage.StorageConfig.Kind;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Creates the storage engine that the configuration names. A further engine is one class and one line here. */
final class StorageProducer {

    /** Created at startup, so that an invalid setting fails there. */
    @Produces
    @Singleton
    @Startup
    StorageEngine engine(StorageConfig config, Provider<BigQuery> bigQuery, Vertx vertx) {
        Kind kind = config.kind().orElseGet(() -> DuckDbEngine.isAvailable() ? Kind.DUCKDB : Kind.BIGQUERY);
        return switch (kind) {
            case DUCKDB -> new DuckDbEngine(config.duckdb(), vertx);
            case BIGQUERY -> new BigQueryEngine(bigQuery.get(), config.bigquery(), vertx);
        };
    }

    /**
     * Google's client; makes no call.
     *
     * @throws ConfigurationException if there is no project, the host is not a base URL, or there are no credentials
     */
    @Produces
    @Singleton
    BigQuery bigQuery(StorageConfig config, GoogleClients clients) {
        String project = config.bigquery()
                .project()
                .or(() -> Optional.ofNullable(ServiceOptions.getDefaultProjectId()))
                .orElseThrow(
                        () -> new ConfigurationException(
                                "No BigQuery project configured; set stats.storage.bigquery.project (STATS_STORAGE_BIGQUERY_PROJECT)"));
        return clients.bigQuery(project, config.bigquery().host(), "stats.storage.bigquery.host", new InsertAllBody());
    }

    @Produces
    @Singleton
    RowStore rowStore(StorageEngine engine) {
        return engine.rowStore();
    }

    /** A proxy: the SQL engine is created at the first call. */
    @Produces
    @ApplicationScoped
    SqlEngine sqlEngine(StorageEngine engine) {
        return engine.newSqlEngine();
    }

    void close(@Disposes StorageEngine engine) throws Exception {
        engine.close();
    }
}
