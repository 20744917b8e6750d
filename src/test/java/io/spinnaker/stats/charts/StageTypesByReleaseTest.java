package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart of stage types on new releases, in both dialects, with numbers that can be counted by hand. */
class StageTypesByReleaseTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final List<JsonNode> events = new ArrayList<>();
    private int instances;

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void countsInstancesOnAReleaseOrNewer(Supplier<TestStorage> engine) {
        add(5, "2026.2.1", "deploy", "wait");
        add(6, "2026.1.0", "deploy");
        add(7, "2025.4.0", "deploy", "wait");
        assertThat(rows(engine))
                .containsExactly(
                        "2026-10-01 deploy on 2025.4 or newer 18",
                        "2026-10-01 deploy on 2026.1 or newer 11",
                        "2026-10-01 deploy on 2026.2 or newer 5",
                        "2026-10-01 wait on 2025.4 or newer 12",
                        "2026-10-01 wait on 2026.2 or newer 5");
    }

    /** Fewer than five run 2026.1, and 2025.3 is the fourth release. 1.38 is older than 2025, and 1.9 than 1.38. */
    @ParameterizedTest
    @MethodSource("engines")
    void hasTheNewestThreeReleasesThatEnoughInstancesRun(Supplier<TestStorage> engine) {
        add(5, "2026.2.1", "deploy");
        add(4, "2026.1.0", "deploy");
        add(5, "2026.0.0", "deploy");
        add(5, "1.38.0", "deploy");
        add(5, "1.9.0", "deploy");
        add(5, "unknown", "deploy");
        add(5, "main-107", "deploy");
        assertThat(rows(engine))
                .containsExactly(
                        "2026-10-01 deploy on 1.38 or newer 19",
                        "2026-10-01 deploy on 2026.0 or newer 14",
                        "2026-10-01 deploy on 2026.2 or newer 5");
    }

    /** Releases that the list does not have yet could be invented: they count as newer ones, and have no label. */
    @ParameterizedTest
    @MethodSource("engines")
    void hasNoLabelsOfReleasesThatAreNotListed(Supplier<TestStorage> engine) {
        add(5, "2027.1.0", "deploy");
        add(5, "2026.2.1", "deploy");
        assertThat(rows(engine)).containsExactly("2026-10-01 deploy on 2026.2 or newer 10");
    }

    /** The difference from 2026.2 to 2026.1 would be three instances, and from 2026.1 to 2026.0 two more. */
    @ParameterizedTest
    @MethodSource("engines")
    void hasNoLabelThatDiffersFromANewerOneByTooFewInstances(Supplier<TestStorage> engine) {
        add(5, "2026.2.1", "deploy");
        add(3, "2026.1.0", "deploy");
        add(5, "2026.1.0", "wait");
        add(2, "2026.0.0", "deploy");
        add(3, "2026.0.0", "bake");
        assertThat(rows(engine))
                .containsExactly(
                        "2026-10-01 deploy on 2026.0 or newer 10",
                        "2026-10-01 deploy on 2026.2 or newer 5",
                        "2026-10-01 wait on 2026.1 or newer 5");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void hasStageTypesOfSpinnakerOnly(Supplier<TestStorage> engine) {
        add(6, "2026.2.1", "initechDeploy", "UNKNOWN", "", "wait");
        assertThat(rows(engine)).containsExactly("2026-10-01 wait on 2026.2 or newer 6");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutAnExcludedStageType(Supplier<TestStorage> engine) {
        add(6, "2026.2.1", "deploy", "wait");
        String exclusion = """
                SELECT CAST(NULL AS STRING) AS instance, 'deploy' AS label, DATE '2026-10-31' AS first_day,
                  CAST(NULL AS DATE) AS last_day, 'a test' AS reason""";
        assertThat(rows(engine, exclusion)).containsExactly("2026-10-01 wait on 2026.2 or newer 6");
    }

    /** Adds instances that run the stage types on two days. */
    private void add(int number, String version, String... types) {
        for (int last = instances + number; instances < last; instances++) {
            EventRows event =
                    EventRows.payload(0).by(instances).version(version).execution("PIPELINE", "SUCCEEDED", "GIT");
            for (String type : types) {
                event.stage(type, "SUCCEEDED");
            }
            events.add(event.at("2026-10-05T10:00:00Z"));
            events.add(event.at("2026-10-06T10:00:00Z"));
        }
    }

    private List<String> rows(Supplier<TestStorage> engine, String... exclusions) {
        try (TestStorage storage = engine.get()) {
            for (String exclusion : exclusions) {
                storage.sqlEngine().replace(DerivedTable.EXCLUDED, "TRUE", exclusion);
            }
            Map<String, String> files = PublishedCharts.files(storage, events, AS_OF);
            return PublishedCharts.rows(files, "stage-types-by-release");
        }
    }
}
