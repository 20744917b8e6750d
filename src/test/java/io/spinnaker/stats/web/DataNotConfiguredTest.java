package io.spinnaker.stats.web;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.storage.BigQueryStub;
import org.junit.jupiter.api.Test;

/** On BigQuery, which the service cannot read, and without a bucket. */
@QuarkusTest
@WithTestResource(BigQueryStub.class)
class DataNotConfiguredTest {

    @Test
    void returns404ForEveryFile() throws Exception {
        DataContract.assertIsProblem(DataContract.get("index.json"), 404);
    }
}
