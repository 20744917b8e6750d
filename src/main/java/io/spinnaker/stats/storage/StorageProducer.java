package io.spinnaker.stats.storage;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.storage.StorageConfig.Kind;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the storage engine that the configuration names. A further engine is one class and one line here. */
final class StorageProducer {

    /** Created at startup, so that an invalid setting fails there. */
    @Produces
    @Singleton
    @Startup
    StorageEngine engine(StorageConfig config, Vertx vertx) {
        Kind kind = config.kind().orElseGet(() -> DuckDbEngine.isAvailable() ? Kind.DUCKDB : Kind.BIGQUERY);
        return switch (kind) {
            case DUCKDB -> new DuckDbEngine(config.duckdb(), vertx);
            case BIGQUERY -> new BigQueryEngine(config.bigquery(), vertx);
        };
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
