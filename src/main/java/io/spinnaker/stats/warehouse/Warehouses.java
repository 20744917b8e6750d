package io.spinnaker.stats.warehouse;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.warehouse.WarehouseConfig.Kind;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Makes the one warehouse that the configuration asks for, at the start: what is missing ends it there. */
final class Warehouses {

    @Produces
    @Singleton
    @Startup
    Warehouse warehouse(WarehouseConfig config, ExecutorService executor) {
        Kind kind = config.kind().orElseGet(() -> DuckDbWarehouse.driver().isPresent() ? Kind.DUCKDB : Kind.BIGQUERY);
        return switch (kind) {
            case DUCKDB -> new DuckDbWarehouse(config.duckdb(), executor);
            case BIGQUERY -> new BigQueryWarehouse(config.bigquery(), executor);
        };
    }

    void close(@Disposes Warehouse warehouse) throws Exception {
        if (warehouse instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
