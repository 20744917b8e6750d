package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The charts of a community that is small enough to count by hand. In October, there are ten instances:
 *
 * <ul>
 *   <li>0 to 9 run a pipeline each on the 5th: GIT, SUCCEEDED, deploy to AWS, and a stage wait without a cloud provider;
 *   <li>0 to 4 run one more on the 20th: MANUAL, TERMINAL, because deploy fails; they have upgraded from 1.9 to 1.17;
 *   <li>5 to 9 run an ad-hoc task on the 31st, without stages, all in the same second.
 * </ul>
 */
class ChartsTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private static Map<String, String> files = Map.of();

    @BeforeAll
    static void draw() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 10; instance++) {
            EventRows pipeline = EventRows.payload(0)
                    .by(instance)
                    .version("1.9.2")
                    .application("first of " + instance)
                    .execution("PIPELINE", "SUCCEEDED", "GIT")
                    .stage("deploy", "AWS", "SUCCEEDED")
                    .stage("wait", "SUCCEEDED");
            events.add(pipeline.at("2026-10-05T10:00:00Z"));
            if (instance < 5) {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .version("1.17.0")
                        .application("second of " + instance)
                        .execution("PIPELINE", "TERMINAL", "MANUAL")
                        .stage("deploy", "AWS", "TERMINAL")
                        .at("2026-10-20T10:00:00Z"));
            } else {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .version("1.9.2")
                        .application("first of " + instance)
                        .execution("ORCHESTRATION", "SUCCEEDED", "MANUAL")
                        .at("2026-10-31T23:59:59Z"));
            }
        }
        files = PublishedCharts.files(events, AS_OF);
    }

    @Test
    void countsActiveDaysOfTheLastThirtyDays() {
        assertRows("active-instances", "2026-10-01 on 2 days or more 10 10 0");
    }

    @Test
    void countsEventsByDay() {
        assertRows("events-per-day", "2026-10-05 events 10 10 0", "2026-10-20 events 5 5 0", "2026-10-31 events 5 5 0");
    }

    @Test
    void usesTheVersionReportedLast() {
        assertRows("versions", "2026-10-01 1.17.x 5 5 0", "2026-10-01 1.9.x 5 5 0");
    }

    @Test
    void adoptionOfAReleaseIncludesNewerReleases() {
        assertRows("version-adoption", "2026-10-01 1.17 or newer 5 5 0", "2026-10-01 1.9 or newer 10 10 0");
    }

    @Test
    void distinguishesVersionsWithoutARelease() {
        List<JsonNode> events = new ArrayList<>();
        List<String> versions = List.of("2026.2-7", "main-107", "unknown", "acme");
        for (int instance = 0; instance < 20; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .version(versions.get(instance / 5))
                    .at("2026-10-05T10:00:00Z"));
        }
        Map<String, String> published = PublishedCharts.files(events, AS_OF);
        assertThat(PublishedCharts.rows(published, "versions"))
                .containsExactly(
                        "2026-10-01 (development build) 5 5 0",
                        "2026-10-01 (not a release) 5 5 0",
                        "2026-10-01 (not reported) 5 5 0",
                        "2026-10-01 2026.2.x 5 5 0");
        assertThat(PublishedCharts.rows(published, "version-adoption"))
                .containsExactly("2026-10-01 2026.2 or newer 5 5 0");
        assertThat(PublishedCharts.rows(published, "unknown-values")).contains("2026-10-01 version 20 20 5");
    }

    @Test
    void countsExecutionsByTypeStatusAndTrigger() {
        assertRows("execution-types", "2026-10-01 ORCHESTRATION 5 5 0", "2026-10-01 PIPELINE 10 15 0");
        assertRows("execution-statuses", "2026-10-01 SUCCEEDED 10 15 0", "2026-10-01 TERMINAL 5 5 0");
        assertRows("triggers", "2026-10-01 GIT 10 10 0", "2026-10-01 MANUAL 10 10 0");
    }

    @Test
    void countsStagesByTypeAndProvider() {
        assertRows("stage-types", "2026-10-01 deploy 10 15 0", "2026-10-01 wait 10 10 0");
        assertRows("cloud-providers", "2026-10-01 AWS 10 15 0");
        assertRows("stage-failures", "2026-10-01 deploy 10 15 5", "2026-10-01 wait 10 10 0");
    }

    @Test
    void groupsInstancesBySize() {
        assertRows("applications-per-instance", "2026-10-01 1 5 5 0", "2026-10-01 2 to 10 5 5 0");
        assertRows("pipelines-per-instance", "2026-10-01 (none) 10 10 0");
    }

    @Test
    void countsMissingValuesAsUnknown() {
        assertRows(
                "unknown-values",
                "2026-10-01 cloud provider 10 15 0",
                "2026-10-01 deployed artifacts 10 10 10",
                "2026-10-01 deployment method 10 10 10",
                "2026-10-01 environment 10 10 10",
                "2026-10-01 execution status 10 20 0",
                "2026-10-01 execution type 10 20 0",
                "2026-10-01 pipelines of the instance 10 10 10",
                "2026-10-01 stage type 10 25 0",
                "2026-10-01 trigger 10 20 0",
                "2026-10-01 version 10 10 0");
    }

    private static void assertRows(String chart, String... rows) {
        assertThat(PublishedCharts.rows(files, chart)).containsExactly(rows);
    }

    @Test
    void everyChartIsAQuestionInItsSection() {
        assertThat(Charts.all()).allSatisfy(chart -> {
            assertThat(chart.question()).endsWith("?");
            assertThat(chart.name()).matches("[a-z-]+");
        });
        List<String> sections = Charts.all().stream().map(Chart::section).toList();
        long changes = IntStream.range(1, sections.size())
                .filter(i -> !sections.get(i).equals(sections.get(i - 1)))
                .count();
        assertThat(changes)
                .as("charts of one section follow each other")
                .isEqualTo(Set.copyOf(sections).size() - 1);
    }

    @Test
    void readsEveryFileOfTheFolder() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/charts"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("cells.sql"))
                    .toList();
            assertThat(Charts.all())
                    .extracting(chart -> chart.name() + ".sql")
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void scriptsOfThePageNameNoChart() throws Exception {
        StringBuilder scripts = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/resources/js"))) {
            for (Path file : files.toList()) {
                scripts.append(Files.readString(file));
            }
        }
        assertThat(scripts).contains("chart.section");
        assertThat(Charts.all())
                .allSatisfy(chart -> assertThat(scripts).doesNotContain("'" + chart.name(), "\"" + chart.name()));
    }

    @Test
    void oneChartHasTheBaselineThatTheOthersAreComparedWith() {
        List<Chart> baselines =
                Charts.all().stream().filter(chart -> chart.baseline() != null).toList();
        assertThat(baselines).hasSize(1);
        Chart chart = baselines.getFirst();
        assertRows(chart.name(), "2026-10-01 " + chart.baseline() + " 10 10 0");
    }
}
