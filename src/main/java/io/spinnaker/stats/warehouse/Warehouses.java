package io.spinnaker.stats.warehouse;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.warehouse.WarehouseConfig.Kind;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one warehouse that the configuration asks for, at the start: what is missing ends it there. */
final class Warehouses {

    @Produces
    @Singleton
    @Startup
    Warehouse warehouse(WarehouseConfig config, Vertx vertx) {
        Kind kind = config.kind().orElseGet(() -> DuckDbWarehouse.driver().isPresent() ? Kind.DUCKDB : Kind.BIGQUERY);
        return switch (kind) {
            case DUCKDB -> new DuckDbWarehouse(config.duckdb(), vertx);
            case BIGQUERY -> new BigQueryWarehouse(config.bigquery(), vertx);
        };
    }

    /** Made when it is first used: the service that collects has no need of it. */
    @Produces
    @ApplicationScoped
    Analysis analysis(Warehouse warehouse, WarehouseConfig config) {
        return warehouse instanceof DuckDbWarehouse duckDb
                ? duckDb.analysis()
                : new BigQueryAnalysis(config.bigquery());
    }

    void close(@Disposes Warehouse warehouse) throws Exception {
        if (warehouse instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    void close(@Disposes Analysis analysis) throws Exception {
        if (analysis instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
