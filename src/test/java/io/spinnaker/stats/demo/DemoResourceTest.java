package io.spinnaker.stats.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.warehouse.DuckDbWarehouse;
import io.spinnaker.stats.warehouse.Warehouse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In dev mode; that nobody else has it, {@code CollectContract} knows. */
@QuarkusTest
@TestProfile(DemoResourceTest.Dev.class)
class DemoResourceTest {

    public static class Dev implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stats.warehouse.duckdb.path", ":memory:");
        }
    }

    @Inject
    Warehouse warehouse;

    @Inject
    DemoData data;

    @BeforeEach
    void empty() {
        duckDb().replace("", Stream.empty());
    }

    @Test
    void fillsAnEmptyDatabaseOnce() throws Exception {
        assertThat(data.isThere()).isFalse();
        String answer =
                given().post("/dev/demo").then().statusCode(200).extract().asString();
        assertThat(answer)
                .startsWith("The database holds " + duckDb().count("") + " events now, all of them demo data");
        assertThat(duckDb().count("")).isBetween(150_000L, 300_000L);
        assertThat(data.isThere()).isTrue();

        given().post("/dev/demo").then().statusCode(200).body(equalTo(answer));

        JsonNode stored = Json.parse(duckDb().latest(1).getFirst());
        String sent = Json.eventColumns(stored).toString();
        assertThat(new EventReader()
                        .read(sent.getBytes(StandardCharsets.UTF_8))
                        .instance()
                        .id())
                .startsWith(DemoInstance.BEGINNING);
    }

    @Test
    void isNotMixedWithRealEvents() {
        given().contentType("application/json")
                .body(Payload.all().getFirst().body())
                .post("/log")
                .then()
                .statusCode(204);
        given().post("/dev/demo")
                .then()
                .statusCode(409)
                .body(containsString("The database holds real events (1)"))
                .body(containsString("STATS_WAREHOUSE_DUCKDB_PATH=demo.duckdb"));
        assertThat(duckDb().count("")).isEqualTo(1);
        assertThat(data.isThere()).isFalse();
    }

    private DuckDbWarehouse duckDb() {
        return (DuckDbWarehouse) warehouse;
    }
}
