package io.spinnaker.stats.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.storage.BigQueryStub;
import java.util.List;

/** The contract on BigQuery's API, as in production. */
@QuarkusTest
@WithTestResource(BigQueryStub.class)
class LogBigQueryTest extends LogContract {

    @SuppressWarnings("NullAway.Init") // BigQueryStub injects itself
    BigQueryStub bigQuery;

    @Override
    List<JsonNode> newRows() {
        return bigQuery.newRows();
    }
}
