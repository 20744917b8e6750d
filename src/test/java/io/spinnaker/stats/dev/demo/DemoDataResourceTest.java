package io.spinnaker.stats.dev.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.storage.BulkLoader;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs in dev mode; {@code LogContract} asserts that production has no such path. */
@QuarkusTest
@TestProfile(DemoDataResourceTest.Dev.class)
class DemoDataResourceTest {

    public static class Dev implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stats.storage.duckdb.path", ":memory:");
        }
    }

    @Inject
    StorageEngine engine;

    @BeforeEach
    void empty() {
        database().replace("", Stream.empty());
    }

    @Test
    void fillsAnEmptyDatabaseAndReplacesItselfWhenRepeated() throws Exception {
        assertThat(saysItIsDemoData()).isFalse();
        String response =
                given().post("/dev/demo").then().statusCode(200).extract().asString();
        assertThat(response)
                .startsWith("The database holds " + database().count("") + " events, all of them demo data");
        assertThat(database().count("")).isBetween(150_000L, 300_000L);
        assertThat(saysItIsDemoData()).isTrue();

        given().post("/dev/demo").then().statusCode(200).body(equalTo(response));

        JsonNode stored = Json.parse(given().get("/dev/rows").asString());
        String sent = Json.eventColumns(stored).toString();
        assertThat(new EventReader()
                        .read(sent.getBytes(StandardCharsets.UTF_8))
                        .instance()
                        .id())
                .startsWith(Dashboard.DEMO_ID_PREFIX);
    }

    @Test
    void rejectsADatabaseWithRealEvents() {
        given().contentType("application/json")
                .body(Payload.all().getFirst().body())
                .post("/log")
                .then()
                .statusCode(204);
        given().post("/dev/demo")
                .then()
                .statusCode(409)
                .body(containsString("The database holds real events (1)"))
                .body(containsString("STATS_STORAGE_DUCKDB_PATH=demo.duckdb"));
        assertThat(database().count("")).isEqualTo(1);
        assertThat(saysItIsDemoData()).isFalse();
    }

    /** Also in production, where the page must say so. */
    private static boolean saysItIsDemoData() {
        return Json.parse(given().get("/data/index.json").asString())
                .path("demo")
                .asBoolean();
    }

    private BulkLoader database() {
        return engine.bulkLoader().orElseThrow();
    }
}
