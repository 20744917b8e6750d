package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roll-ups and charts are one SQL text for two engines: the same events must give the same files, noise included. */
class SqlDialectParityTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private static final TestStorage DUCK_DB = TestStorage.duckDb();
    private static final TestStorage GOOGLE_SQL = TestStorage.googleSql();

    private static Map<String, String> byDuckDb = Map.of();
    private static Map<String, String> byGoogleSql = Map.of();

    @BeforeAll
    static void draw() {
        List<JsonNode> events = SampleCommunity.events();
        PublishedCharts.setSalt(DUCK_DB, "salt");
        PublishedCharts.setSalt(GOOGLE_SQL, "salt");
        byDuckDb = PublishedCharts.files(DUCK_DB, events, AS_OF, PublishedCharts.options());
        byGoogleSql = PublishedCharts.files(GOOGLE_SQL, events, AS_OF, PublishedCharts.options());
    }

    @AfterAll
    static void close() {
        DUCK_DB.close();
        GOOGLE_SQL.close();
    }

    @Test
    void producesTheSameFilesOnBothEngines() {
        assertThat(byGoogleSql).isEqualTo(byDuckDb);
    }

    @Test
    void everyChartHasRowsOfRealPayloads() {
        for (Chart chart : Charts.all()) {
            assertThat(PublishedCharts.rows(byDuckDb, chart.name()))
                    .as(chart.name())
                    .isNotEmpty();
        }
    }
}
