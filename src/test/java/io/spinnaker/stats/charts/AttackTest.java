package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.TestStorage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Attacks on the published files of a community of 300 instances, by readers and by senders of invented events. All of them
 * succeeded against numbers that were sums of executions behind a threshold. docs/privacy.md names the rule that stops each.
 */
class AttackTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final int COMMUNITY = 300;

    /** Numbers of instances outside the community. */
    private static final int VICTIM = 900;

    private static final int ATTACKER = 1_000;

    private static final List<String> STAGES = List.of("deploy", "wait", "bakeManifest", "deployManifest", "jenkins");
    private static final List<String> VERSIONS = List.of("1.36.1", "2025.3.0", "2026.0.1", "2026.1.0", "2026.2.2");

    private static List<JsonNode> community = List.of();
    private static Map<String, String> published = Map.of();

    @BeforeAll
    static void publishTheCommunity() {
        List<JsonNode> events = new ArrayList<>();
        Random random = new Random(1);
        for (int instance = 0; instance < COMMUNITY; instance++) {
            for (int day = 5 + random.nextInt(3); day < 30; day += 8) {
                events.add(event(instance, VERSIONS.get(instance % 5))
                        .stage(STAGES.get(random.nextInt(5)), "AWS", random.nextInt(9) == 0 ? "TERMINAL" : "SUCCEEDED")
                        .at("2026-10-%02dT12:00:00Z".formatted(day)));
            }
        }
        community = List.copyOf(events);
        published = files(List.of());
    }

    private static EventRows event(int instance, String version) {
        return EventRows.payload(0).by(instance).version(version).execution("PIPELINE", "SUCCEEDED", "GIT");
    }

    /** The files of the community and more events. */
    private static Map<String, String> files(List<JsonNode> more) {
        List<JsonNode> events = new ArrayList<>(community);
        events.addAll(more);
        return PublishedCharts.files(events, AS_OF, PublishedCharts.options());
    }

    /** The same event on two days, so that the instance counts. */
    private static List<JsonNode> twice(EventRows event) {
        return List.of(event.at("2026-10-10T12:00:00Z"), event.at("2026-10-12T12:00:00Z"));
    }

    /** Four invented instances raise a private name of a company above a threshold of five. */
    @Test
    void inventedInstancesDoNotRevealAPrivateStageType() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 50; instance++) {
            events.addAll(twice(event(ATTACKER + instance, "1.36.1").stage("initechDeploy", "AWS", "SUCCEEDED")));
        }
        Map<String, String> without = files(events);
        events.addAll(twice(event(VICTIM, "1.36.1").stage("initechDeploy", "AWS", "SUCCEEDED")));
        Map<String, String> with = files(events);
        assertThat(Stream.of(with, without).flatMap(files -> files.values().stream()))
                .noneMatch(file -> file.toLowerCase(Locale.ROOT).contains("initech"));
    }

    /** Without a fixed id, each start of Echo is another instance. */
    @Test
    void restartsDoNotRevealAPrivateStageType() {
        List<JsonNode> events = new ArrayList<>();
        for (int start = 0; start < 5; start++) {
            events.addAll(twice(event(VICTIM + start, "1.36.1").stage("initechDeploy", "INITECH", "SUCCEEDED")));
        }
        assertThat(files(events).values())
                .noneMatch(file -> file.toLowerCase(Locale.ROOT).contains("initech"));
    }

    /** Any free text and any number that looks like a release. */
    @Test
    void inventedInstancesCannotPlantALabel() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 50; instance++) {
            for (String version : List.of("9999.9", "2026.99", "1.999", "initech")) {
                events.addAll(twice(event(ATTACKER + instance, version)
                        .deployedBy("INITECH", "initech")
                        .environment("INITECH", "INITECH")
                        .execution("INITECH", "INITECH", "INITECH")
                        .stage("initech", "INITECH", "INITECH")));
            }
        }
        Map<String, String> files = files(events);
        assertThat(labels(files))
                .contains("(own)", "(not a release)")
                .isSubsetOf(Stream.concat(labels(published).stream(), Stream.of("(own)", "(not a release)"))
                        .collect(Collectors.toSet()));
    }

    /** Invented labels do not displace real ones. */
    @Test
    void inventedReleasesDoNotReplaceRealOnes() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 100; instance++) {
            events.addAll(twice(event(ATTACKER + instance, "2027." + instance % 20)));
        }
        List<String> real = PublishedCharts.rows(published, "versions");
        assertThat(real).hasSize(VERSIONS.size());
        Map<String, String> files = files(events);
        assertThat(PublishedCharts.rows(files, "versions")).containsAll(real);
        assertThat(PublishedCharts.rows(files, "stage-types-by-release"))
                .hasSize(3 * STAGES.size())
                .isEqualTo(PublishedCharts.rows(published, "stage-types-by-release"));
    }

    /** The days off of the largest instance, and everything that it does, weigh as much as those of the smallest. */
    @Test
    void aRunawayInstanceHasOneVote() {
        List<JsonNode> events = new ArrayList<>();
        for (int run = 0; run < 3_000; run++) {
            events.add(EventRows.payload(0)
                    .by(1)
                    .version(VERSIONS.get(1))
                    .execution("ORCHESTRATION", "TERMINAL", "MANUAL")
                    .at(Instant.parse("2026-10-15T12:00:00Z").plusSeconds(20L * run)));
        }
        for (Options options : List.of(PublishedCharts.options(), PublishedCharts.exact())) {
            List<JsonNode> all = new ArrayList<>(community);
            all.addAll(events);
            Map<String, String> files = PublishedCharts.files(all, AS_OF, options);
            assertThat(PublishedCharts.rows(files, "execution-statuses"))
                    .as("the mean over 300 instances")
                    .anyMatch(row -> row.matches("2026-10-01 SUCCEEDED [0-9]+ (99|100)"));
        }
    }

    /** A reader who compares charts, months and days finds the same noise for the same instances. */
    @Test
    void comparingChartsDoesNotReduceTheNoise() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 40; instance++) {
            EventRows event = event(instance, "1.36.1").stage("deploy", "AWS", "SUCCEEDED");
            for (String day : List.of("2026-08-20", "2026-09-20", "2026-09-21", "2026-10-20", "2026-10-21")) {
                events.add(event.at(day + "T12:00:00Z"));
            }
        }
        Set<String> counts = PublishedCharts.files(events, AS_OF, PublishedCharts.options()).entrySet().stream()
                .filter(file -> file.getKey().endsWith(".csv"))
                .flatMap(file -> file.getValue().lines().skip(1))
                .map(line -> line.split(",", -1)[2])
                .collect(Collectors.toSet());
        assertThat(counts).hasSize(1);
    }

    /** A share has other noise than the count beside it: with the same, their difference would be the number without noise. */
    @Test
    void aShareDoesNotRevealTheNoiseOfItsCount() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 60; instance++) {
            for (int run = 0; run < 20; run++) {
                String trigger = instance < 12 && run == 0 ? "PUBSUB" : "GIT";
                events.add(EventRows.payload(0)
                        .by(instance)
                        .execution("PIPELINE", "SUCCEEDED", trigger)
                        .at("2026-10-%02dT12:00:00Z".formatted(1 + run)));
            }
        }
        Set<Long> guesses = new HashSet<>();
        publishWithSalts(
                12,
                events,
                files -> PublishedCharts.nodes(files, "triggers", "rows")
                        .filter(row -> row.path("label").asText().equals("PUBSUB"))
                        .forEach(row -> guesses.add(row.path("instances").asLong()
                                - Math.round(row.path("share").asLong() * 60 / 100.0))));
        assertThat(guesses).as("counts minus the noise that a share suggests").hasSizeGreaterThanOrEqualTo(4);
    }

    /** Averaging over repeated runs does not help either; only owners could change the salt. */
    @Test
    void repeatedRunsHaveTheSameNoise() {
        assertThat(files(List.of())).isEqualTo(published);
    }

    /**
     * Nine invented instances with a public stage type that nobody else has; does one company use it? Over salts, which an
     * attacker does not know, each number is possible with and without the company. A second label of the same nine would
     * show that somebody uses it, but not who; docs/privacy.md says so.
     */
    @Test
    void inventedInstancesDoNotProveThatOneCompanyUsesAPublicStageType() {
        Set<String> with = Set.copyOf(answers(25, "stage-types", "gremlin"));
        Set<String> without = Set.copyOf(answers(25, "stage-types", "wait"));
        assertThat(with.stream().filter(without::contains))
                .as("answers that are possible in both cases")
                .hasSizeGreaterThanOrEqualTo(3);
    }

    /**
     * The nine have the newest release, and the company has the release before. The label of the latter would be the number of
     * the nine and one more: with other noise, which proves that the company uses the stage type.
     */
    @Test
    void comparingReleasesDoesNotProveThatOneCompanyUsesAStageType() {
        List<String> with = answers(8, "stage-types-by-release", "gremlin");
        assertThat(with).containsExactlyElementsOf(answers(8, "stage-types-by-release", "wait"));
        assertThat(with)
                .allMatch(rows -> rows.matches("2026-10-01 gremlin on 2026.2 or newer [0-9]+|"))
                .anyMatch(rows -> !rows.isEmpty());
    }

    /** Publishes the same events once for each of some salts, which an attacker does not know. */
    private static void publishWithSalts(int salts, List<JsonNode> events, Consumer<Map<String, String>> reader) {
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(events);
            Dashboard dashboard = new Dashboard(storage.sqlEngine(), PublishedCharts.options());
            for (int salt = 0; salt < salts; salt++) {
                PublishedCharts.setSalt(storage, "salt " + salt);
                dashboard.clear();
                dashboard.update(AS_OF, Set.of());
                reader.accept(PublishedCharts.texts(dashboard.files(AS_OF)));
            }
        }
    }

    /** The published rows of the stage type, for each of some salts, if the company uses the given one. */
    private static List<String> answers(int salts, String chart, String stageOfTheCompany) {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 9; instance++) {
            events.addAll(twice(event(ATTACKER + instance, "2026.2.2").stage("gremlin", "AWS", "SUCCEEDED")));
        }
        events.addAll(twice(event(VICTIM, "2026.1.0").stage(stageOfTheCompany, "AWS", "SUCCEEDED")));
        List<String> answers = new ArrayList<>();
        publishWithSalts(
                salts,
                events,
                files -> answers.add(PublishedCharts.rows(files, chart).stream()
                        .filter(row -> row.contains("gremlin"))
                        .collect(Collectors.joining())));
        return answers;
    }

    /** An instance that reports on a single day, such as one in a test environment, does not count at all. */
    @Test
    void instancesOfOneDayChangeNothing() {
        List<JsonNode> events = IntStream.range(0, 200)
                .mapToObj(instance -> event(ATTACKER + instance, "2027.1.0")
                        .stage("gremlin", "AWS", "TERMINAL")
                        .at("2026-10-12T12:00:00Z"))
                .toList();
        assertThat(files(events)).isEqualTo(published);
    }

    @Test
    void noFileHasAnId() {
        assertThat(published.values()).noneMatch(file -> file.matches("(?s).*[0-9a-f]{16}.*"));
    }

    private static Set<String> labels(Map<String, String> files) {
        return Charts.all().stream()
                .flatMap(chart -> PublishedCharts.nodes(files, chart.name(), "rows"))
                .map(row -> row.path("label").asText())
                .collect(Collectors.toSet());
    }
}
