package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Instances and labels that an owner has excluded. */
class ExcludedTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutAnInstance(Supplier<TestStorage> engine) {
        Map<String, String> files = files(engine, exclude("instance", EventRows.instance(0), "2026-10-01", null));
        assertThat(PublishedCharts.rows(files, "stage-types"))
                .containsExactly("2026-09-01 deploy 8 null null", "2026-10-01 deploy 7 null null");
        assertThat(PublishedCharts.periods(files, "stage-types")).contains("2026-09-01 8 2/30", "2026-10-01 7 2/31");
    }

    /** On the days that are left, the instance counts; one day of October is enough after those of September. */
    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutDaysOfAnInstance(Supplier<TestStorage> engine) {
        Map<String, String> files =
                files(engine, exclude("instance", EventRows.instance(0), "2026-10-10", "2026-10-10"));
        assertThat(PublishedCharts.rows(files, "stage-types")).contains("2026-10-01 deploy 8 null null");
        assertThat(PublishedCharts.rows(files, "instances-per-day"))
                .contains("2026-10-10 instances 7", "2026-10-11 instances 8");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutALabelInEachPeriodThatTheDaysTouch(Supplier<TestStorage> engine) {
        Map<String, String> files = files(engine, exclude("label", "deploy", "2026-10-31", "2026-11-01"));
        assertThat(PublishedCharts.rows(files, "stage-types")).containsExactly("2026-09-01 deploy 8 null null");
        assertThat(PublishedCharts.rows(files, "triggers")).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutSyntheticEvents(Supplier<TestStorage> engine) {
        List<JsonNode> events = events(8);
        for (int day = 10; day < 20; day++) {
            events.add(EventRows.payload(0).bySyntheticInstance().at("2026-10-" + day + "T12:00:00Z"));
        }
        try (TestStorage storage = engine.get()) {
            Map<String, String> files = PublishedCharts.files(storage, events, AS_OF);
            assertThat(PublishedCharts.periods(files, "stage-types")).contains("2026-10-01 8 2/31");
        }
    }

    @Test
    void theSmokeTestSendsSyntheticEvents() throws Exception {
        assertThat(Files.readString(Path.of("terraform/smoke.sh")))
                .contains("instance=$(sha256 " + SqlTemplates.SYNTHETIC_INSTANCE + ")");
    }

    private static String exclude(String column, String value, String first, @Nullable String last) {
        return "SELECT %s AS instance, %s AS label, DATE '%s' AS first_day, %s AS last_day, 'a test' AS reason"
                .formatted(
                        column.equals("instance") ? "'" + value + "'" : "CAST(NULL AS STRING)",
                        column.equals("label") ? "'" + value + "'" : "CAST(NULL AS STRING)",
                        first,
                        last == null ? "CAST(NULL AS DATE)" : "DATE '" + last + "'");
    }

    private static Map<String, String> files(Supplier<TestStorage> engine, String exclusion) {
        try (TestStorage storage = engine.get()) {
            storage.sqlEngine().replace(DerivedTable.EXCLUDED, "TRUE", exclusion);
            return PublishedCharts.files(storage, events(8), AS_OF);
        }
    }

    /** Events of a number of instances, on two days of September and of October each. */
    private static List<JsonNode> events(int instances) {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            for (String day : List.of("2026-09-10", "2026-09-11", "2026-10-10", "2026-10-11")) {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .execution("PIPELINE", "SUCCEEDED", "GIT")
                        .stage("deploy", "AWS", "SUCCEEDED")
                        .at(day + "T12:00:00Z"));
            }
        }
        return events;
    }
}
