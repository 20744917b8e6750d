package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spinnaker.stats.publish.StorageStub;
import io.spinnaker.stats.storage.BigQueryStub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files from the public bucket, as in production on BigQuery. */
@QuarkusTest
@WithTestResource(BigQueryStub.class)
@WithTestResource(StorageStub.class)
class DataBucketTest extends DataContract {

    /** The service keeps it for minutes, so all tests of the same application use the same one. */
    static final String INDEX = """
            {"threshold": 7, "retentionDays": 400, "contact": "privacy@example.org",
             "licence": {"name": "CC0-1.0", "url": "https://example.org/cc0"}}""";

    @SuppressWarnings("NullAway.Init") // StorageStub injects itself
    StorageStub storage;

    @BeforeEach
    void publish() {
        storage.recover();
        storage.put("data/index.json", INDEX);
        for (String name : new String[] {"versions.json", "versions.csv"}) {
            storage.put("data/" + name, "of " + name);
        }
    }

    @Test
    void servesTheFilesOfTheBucket() throws Exception {
        assertThat(text(get("versions.csv"))).isEqualTo("of versions.csv");
    }

    @Test
    void setsCacheControl() throws Exception {
        assertThat(header(get("index.json"), "Cache-Control")).isEqualTo("public, max-age=300");
    }

    @Test
    void returns503WhenTheBucketIsUnreachable() throws Exception {
        storage.fail(503, 0);
        assertIsProblem(get("stage-types.json"), 503);
    }

    @Test
    void returns404BeforeTheFirstPublication() throws Exception {
        assertIsProblem(get("stage-types.csv"), 404);
    }
}
