package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Looks for traces of one instance in everything that is published: its name, its id and its numbers. */
class PrivacyTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final int LONE = 99;

    private final List<JsonNode> events = new ArrayList<>();

    /** A name in every free-text field, sent by one instance less than the threshold. No payload of the community has it. */
    @Test
    void publishesNoCompanyName() {
        events.addAll(SampleCommunity.events());
        for (int instance = 0; instance < PublishedCharts.THRESHOLD - 1; instance++) {
            for (String version : List.of("1.36.0-initech", "initech")) {
                events.add(EventRows.payload(0)
                        .by(LONE + instance)
                        .version(version)
                        .deployedBy("INITECH", "initech-2.0")
                        .environment("INITECH_CLOUD", "INITECH_IMAGES")
                        .execution("INITECH_TYPE", "INITECH_STATUS", "INITECH_TRIGGER")
                        .stage("initechDeploy", "INITECH", "SUCCEEDED")
                        .stage("initechDeploy", "AWS", "INITECH_STATUS")
                        .at("2026-10-13T12:00:0" + instance + "Z"));
            }
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);

        assertThat(files).hasSize(2 * Charts.all().size() + 1);
        assertThat(files.values())
                .allSatisfy(file -> assertThat(file.toLowerCase(Locale.ROOT)).doesNotContain("initech"));
    }

    @Test
    void publishesNoId() {
        Map<String, String> files = PublishedCharts.files(SampleCommunity.events(), AS_OF);
        assertThat(files.values()).noneMatch(file -> file.matches("(?s).*[0-9a-f]{16}.*"));
    }

    @Test
    void publishesLabelsAtTheThreshold() {
        for (int instance = 0; instance < PublishedCharts.THRESHOLD; instance++) {
            events.add(own(instance, "newStage", "AWS").at("2026-10-13T12:00:00Z"));
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);
        assertThat(PublishedCharts.rows(files, "stage-types")).containsExactly("2026-10-01 newStage 5 5 0");
        assertThat(PublishedCharts.rows(files, "versions")).containsExactly("2026-10-01 1.36.x 5 5 0");
    }

    @Test
    void suppressesLabelsBelowTheThreshold() {
        for (int instance = 0; instance < PublishedCharts.THRESHOLD - 1; instance++) {
            events.add(own(instance, "newStage", "AWS").at("2026-10-13T12:00:00Z"));
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);
        for (Chart chart : Charts.all()) {
            assertThat(PublishedCharts.rows(files, chart.name()))
                    .as(chart.name())
                    .isEmpty();
        }
    }

    /** A chart of months minus a chart of days must not reveal a day. */
    @Test
    void ignoresDaysBelowTheThreshold() {
        crowd();
        Map<String, String> without = PublishedCharts.files(events, AS_OF);
        for (int event = 0; event < 35; event++) {
            events.add(own(LONE, "deploy", "AWS").at(time("2026-10-20", event)));
        }
        assertThat(PublishedCharts.files(events, AS_OF)).isEqualTo(without);
    }

    /**
     * All other instances have counts that are multiples of a hundred; one instance has 35 of each. Its stage type is unique,
     * but its provider, trigger and status are not; only their combination is. A number that includes the 35 is not a multiple
     * of a hundred, so all such numbers must be equal.
     */
    @Test
    void publishesNoDifferenceBetweenChartsForOneInstance() {
        crowd();
        for (int event = 0; event < 35; event++) {
            events.add(own(LONE, "initechDeploy", "KUBERNETES").at(time("2026-10-13", event)));
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);

        for (String chart :
                List.of("stage-types", "cloud-providers", "execution-types", "execution-statuses", "triggers")) {
            assertThat(uneven(files, chart)).as(chart).containsExactly("(other) 5 335");
        }
        assertThat(uneven(files, "stage-failures")).isEmpty();
        assertThat(uneven(files, "unknown-values"))
                .allMatch(row -> row.endsWith(" 10 10"), "instances, not what they do");
        for (String chart : List.of("execution-types", "execution-statuses", "triggers")) {
            assertThat(total(files, chart)).as(chart).isEqualTo(total(files, "events-per-day"));
        }
    }

    /** One instance is unique in each dimension of its executions in turn. */
    @Test
    void groupsLabelsOfOneInstanceWithOthers() {
        for (EventRows sent : List.of(
                own(LONE, "deployManifest", "AWS"),
                own(LONE, "deployManifest", "INITECH"),
                own(LONE, "initechDeploy", "INITECH"),
                EventRows.payload(0).by(LONE).version("initech").execution("PIPELINE", "SUCCEEDED", "MANUAL"),
                EventRows.payload(0).by(LONE).execution("ORCHESTRATION", "SUCCEEDED", "GIT"),
                EventRows.payload(0).by(LONE).execution("INITECH", "INITECH", "INITECH"))) {
            events.clear();
            crowd();
            for (int event = 0; event < 35; event++) {
                events.add(sent.at(time("2026-10-13", event)));
            }
            Map<String, String> files = PublishedCharts.files(events, AS_OF);
            assertThat(Stream.of("execution-types", "execution-statuses", "triggers")
                            .map(chart -> uneven(files, chart))
                            .distinct())
                    .containsExactly(List.of("(other) 5 335"));
            assertThat(Stream.of("stage-types", "cloud-providers")
                            .map(chart -> uneven(files, chart))
                            .distinct())
                    .hasSize(1)
                    .allMatch(rows -> rows.isEmpty() || rows.equals(List.of("(other) 5 335")));
        }
    }

    @Test
    void suppressesFailuresOfTooFewInstances() {
        crowd();
        for (int instance = 0; instance < PublishedCharts.THRESHOLD - 1; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .execution("PIPELINE", "CANCELED", "MANUAL")
                    .stage("deploy", "AWS", "TERMINAL")
                    .at("2026-10-13T23:00:00Z"));
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);
        assertThat(PublishedCharts.rows(files, "stage-types")).contains("2026-10-01 deploy 10 100 0");
        assertThat(PublishedCharts.rows(files, "stage-failures")).noneMatch(row -> row.contains(" deploy "));
    }

    /** The files before and after a deletion must not differ by exactly the deleted events. */
    @Test
    void roundsAwaySingleEvents() {
        crowd();
        events.add(EventRows.payload(0)
                .by(3)
                .version("1.36.1")
                .execution("PIPELINE", "SUCCEEDED", "GIT")
                .at("2026-10-13T23:00:00Z"));
        Map<String, String> with = PublishedCharts.files(events, AS_OF);
        events.removeLast();
        assertThat(PublishedCharts.files(events, AS_OF)).isEqualTo(with);
    }

    /** Ten instances, six of which also use a feature that the others do not. */
    private void crowd() {
        for (int instance = 0; instance < 10; instance++) {
            for (int event = 0; event < 10; event++) {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .version("1.36.1")
                        .execution("PIPELINE", "SUCCEEDED", "GIT")
                        .stage("deploy", "AWS", "SUCCEEDED")
                        .stage("deployManifest", "KUBERNETES", "SUCCEEDED")
                        .stage("bakeManifest", "KUBERNETES", "SUCCEEDED")
                        .stage("wait", "SUCCEEDED")
                        .at(time("2026-10-13", event)));
                events.add(EventRows.payload(0)
                        .by(instance)
                        .version("1.36.1")
                        .execution("PIPELINE", "CANCELED", "MANUAL")
                        .at(time("2026-10-13", event)));
            }
        }
        for (int instance = 0; instance < 6; instance++) {
            for (int event = 0; event < 50; event++) {
                events.add(EventRows.payload(0)
                        .by(instance)
                        .version("1.36.1")
                        .execution("ORCHESTRATION", "SUCCEEDED", "MANUAL")
                        .stage("script", "GCE", "SUCCEEDED")
                        .at(time("2026-10-13", event)));
            }
        }
    }

    private static EventRows own(int instance, String stage, String provider) {
        return EventRows.payload(0)
                .by(instance)
                .version("1.36.1")
                .execution("PIPELINE", "CANCELED", "GIT")
                .stage(stage, provider, "SUCCEEDED");
    }

    /** Times that are far enough apart not to be deduplicated. */
    private static String time(String day, int event) {
        return Instant.parse(day + "T12:00:00Z").plusSeconds(61L * event).toString();
    }

    /** The points whose count is not a multiple of a hundred, as label, instances and count. */
    private static List<String> uneven(Map<String, String> files, String chart) {
        return rows(files, chart)
                .filter(row -> row.path("count").asLong() % 100 != 0)
                .map(row -> "%s %s %s".formatted(row.path("label").asText(), row.path("instances"), row.path("count")))
                .toList();
    }

    private static long total(Map<String, String> files, String chart) {
        return rows(files, chart).mapToLong(row -> row.path("count").asLong()).sum();
    }

    private static Stream<JsonNode> rows(Map<String, String> files, String chart) {
        String file = Objects.requireNonNull(files.get(chart + ".json"), chart);
        return StreamSupport.stream(Json.parse(file).path("rows").spliterator(), false);
    }
}
