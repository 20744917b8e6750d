package io.spinnaker.stats.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.StoredRows;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The contract on DuckDB, as in development. */
@QuarkusTest
class LogDuckDbTest extends LogContract {

    @Inject
    SqlEngine sqlEngine;

    private final Set<String> seen = new HashSet<>();

    @Override
    List<JsonNode> newRows() {
        return StoredRows.latest(sqlEngine, 1_000).stream()
                .map(Json::parse)
                .filter(row -> seen.add(row.path("event_id").asText()))
                .toList();
    }
}
