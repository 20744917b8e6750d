package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Files computed from DuckDB on request, as in development. */
@QuarkusTest
class DataDuckDbTest extends DataContract {

    @Test
    void mustBeRevalidated() throws Exception {
        assertThat(header(get("index.json"), "Cache-Control")).isEqualTo("no-cache");
    }
}
