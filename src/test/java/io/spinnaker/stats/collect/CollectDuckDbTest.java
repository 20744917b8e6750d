package io.spinnaker.stats.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.warehouse.DuckDbWarehouse;
import io.spinnaker.stats.warehouse.Warehouse;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** On DuckDB, as a developer runs it. */
@QuarkusTest
class CollectDuckDbTest extends CollectContract {

    @Inject
    Warehouse warehouse;

    private final Set<String> seen = new HashSet<>();

    @Override
    List<JsonNode> newRows() {
        return ((DuckDbWarehouse) warehouse)
                .latest(1_000).stream()
                        .map(Json::parse)
                        .filter(row -> seen.add(row.path("event_id").asText()))
                        .toList();
    }
}
