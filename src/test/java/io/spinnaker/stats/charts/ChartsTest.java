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
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(10));
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
    void countsActiveDaysOfTheMonth() {
        assertRows("active-instances", "2026-10-01 on 2 to 5 days 10");
    }

    @Test
    void countsInstancesByDay() {
        assertRows("instances-per-day", "2026-10-05 instances 10", "2026-10-20 instances 5", "2026-10-31 instances 5");
    }

    @Test
    void usesTheVersionReportedLast() {
        assertRows("versions", "2026-10-01 1.17.x 5", "2026-10-01 1.9.x 5");
    }

    @Test
    void adoptionOfAReleaseIncludesNewerReleases() {
        assertRows("version-adoption", "2026-10-01 1.17 or newer 5", "2026-10-01 1.9 or newer 10");
    }

    /** Its label would say that somebody runs it. */
    @Test
    void adoptionHasNoReleaseThatTooFewInstancesRun() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(12));
        for (int instance = 0; instance < 12; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .version(instance < 4 ? "1.28.0" : "1.36.0")
                    .at("2026-10-05T10:00:00Z"));
        }
        assertThat(PublishedCharts.rows(PublishedCharts.files(events, AS_OF), "version-adoption"))
                .containsExactly("2026-10-01 1.36 or newer 8");
    }

    @Test
    void distinguishesVersionsWithoutARelease() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(30));
        List<String> versions = List.of("2026.2-7", "main-107", "unknown", "acme", "1.99.0", "2027.1.0");
        for (int instance = 0; instance < 30; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .version(versions.get(instance / 5))
                    .at("2026-10-05T10:00:00Z"));
        }
        Map<String, String> published = PublishedCharts.files(events, AS_OF);
        assertThat(PublishedCharts.rows(published, "versions"))
                .containsExactly(
                        "2026-10-01 (development build) 5",
                        "2026-10-01 (not a release) 10",
                        "2026-10-01 (not reported) 5",
                        "2026-10-01 2026.2.x 5",
                        "2026-10-01 2027.1.x 5");
        assertThat(PublishedCharts.rows(published, "version-adoption"))
                .containsExactly("2026-10-01 2026.2 or newer 10", "2026-10-01 2027.1 or newer 5");
        assertThat(PublishedCharts.rows(published, "unknown-values")).contains("2026-10-01 version 5 17");
    }

    @Test
    void averagesEachInstancesSharesOfItsExecutions() {
        assertRows("execution-types", "2026-10-01 ORCHESTRATION 5 null null 25", "2026-10-01 PIPELINE 10 null 5 75");
        assertRows("execution-statuses", "2026-10-01 SUCCEEDED 10 75", "2026-10-01 TERMINAL 5 25");
        assertRows("triggers", "2026-10-01 GIT 10 null null 50", "2026-10-01 MANUAL 10 null 5 50");
    }

    @Test
    void countsInstancesWithAStageOrProvider() {
        assertRows("stage-types", "2026-10-01 deploy 10 null 5", "2026-10-01 wait 10 null null");
        assertRows("cloud-providers", "2026-10-01 AWS 10 null 5");
    }

    /** Thirty runs are regular use, 29 are not; one failure in ten is not yet "fails", one in nine is. */
    @Test
    void countsRegularUseAndFailures() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(10));
        for (int instance = 0; instance < 10; instance++) {
            for (int run = 0; run < (instance < 5 ? 30 : 29); run++) {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .execution("PIPELINE", "SUCCEEDED", "GIT")
                        .stage("wait", run < 3 ? "FAILED_CONTINUE" : "SUCCEEDED")
                        .at("2026-10-05T10:%02d:00Z".formatted(run)));
            }
        }
        assertThat(PublishedCharts.rows(PublishedCharts.files(events, AS_OF), "stage-types"))
                .containsExactly("2026-10-01 wait 10 5 5");
    }

    @Test
    void groupsInstancesBySize() {
        assertRows("executions-per-instance", "2026-10-01 1 to 10 10");
        assertRows("applications-per-instance", "2026-10-01 1 only 5", "2026-10-01 2 to 10 5");
        assertRows("pipelines-per-instance", "2026-10-01 (not counted) 10");
    }

    @Test
    void countsMissingValuesAsUnknown() {
        assertRows(
                "unknown-values",
                "2026-10-01 deployed artifacts 10 100",
                "2026-10-01 deployment method 10 100",
                "2026-10-01 environment 10 100",
                "2026-10-01 pipelines of the instance 10 100");
    }

    @Test
    void saysHowManyInstancesAndDaysStandBehindAPeriod() {
        assertThat(PublishedCharts.periods(files, "stage-types"))
                .containsExactly("2026-09-01 null 0/30", "2026-10-01 10 3/31");
        assertThat(PublishedCharts.periods(files, "instances-per-day"))
                .hasSize(62) // from the first event to two days before the last complete day
                .contains("2026-10-05 10 1/1", "2026-10-06 null 0/1");
    }

    /** Names that Spinnaker does not have could name a company. */
    @Test
    void mergesNamesThatAreNotListed() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(6));
        for (int instance = 0; instance < 6; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .deployedBy("INITECH" + instance, "")
                    .environment("CLOUD" + instance, "IMAGES" + instance)
                    .execution("TYPE" + instance, "STATUS" + instance, "TRIGGER" + instance)
                    .stage("type" + instance, "PROVIDER" + instance, "SUCCEEDED")
                    .stage("Deploy", "aws", "SUCCEEDED")
                    .at("2026-10-05T10:00:00Z"));
        }
        Map<String, String> published = PublishedCharts.files(events, AS_OF);
        for (String chart : List.of(
                "stage-types",
                "cloud-providers",
                "triggers",
                "execution-types",
                "execution-statuses",
                "deployment-methods",
                "environments",
                "deployed-artifacts")) {
            assertThat(PublishedCharts.rows(published, chart))
                    .as(chart)
                    .singleElement()
                    .asString()
                    .startsWith("2026-10-01 (own) 6");
        }
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
                    .filter(file -> file.endsWith(".sql"))
                    .toList();
            assertThat(Charts.all())
                    .extracting(chart -> chart.name() + ".sql")
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void scriptsOfThePageNameNoChart() throws Exception {
        StringBuilder scripts = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/page/js"))) {
            for (Path file : files.toList()) {
                scripts.append(Files.readString(file));
            }
        }
        assertThat(scripts).contains("chart.section");
        assertThat(Charts.all())
                .allSatisfy(chart -> assertThat(scripts).doesNotContain("'" + chart.name(), "\"" + chart.name()));
    }
}
