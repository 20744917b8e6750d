package io.spinnaker.stats.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.ProtoEnum;
import io.spinnaker.stats.storage.Row;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoYearTest {

    private static final DemoYear YEAR = DemoYear.before(LocalDate.parse("2026-11-23"));
    private static final YearMonth FIRST = YearMonth.parse("2025-10");
    private static final YearMonth LAST = YearMonth.parse("2026-10"); // the last complete one

    /** The instances per month, by label such as "stage deploy"; "any" is all of them. */
    private static final Map<String, Map<YearMonth, Set<String>>> INSTANCES = new TreeMap<>();

    private static final Map<LocalDate, Integer> EVENTS = new TreeMap<>();
    private static final Map<String, Set<LocalDate>> DAYS = new HashMap<>();
    private static final Set<String> IDS = new HashSet<>();
    private static final List<Row> SAMPLE = new ArrayList<>();

    @BeforeAll
    static void read() {
        YEAR.rows().forEach(row -> {
            if (IDS.size() % 200 == 0) {
                SAMPLE.add(row);
            }
            record(columns(row));
        });
    }

    private static void record(JsonNode row) {
        LocalDate day = receivedAt(row).atOffset(ZoneOffset.UTC).toLocalDate();
        String instance = row.at("/spinnaker_instance/id").asText();
        IDS.add(row.path("event_id").asText());
        EVENTS.merge(day, 1, Integer::sum);
        DAYS.computeIfAbsent(instance, i -> new HashSet<>()).add(day);
        Stream.of(
                        Stream.of(
                                "any",
                                "release "
                                        + row.at("/spinnaker_instance/version")
                                                .asText()
                                                .replaceFirst("\\.[^.]*$", ""),
                                "trigger " + row.at("/execution/trigger/type").asText(),
                                "type " + row.at("/execution/type").asText()),
                        row.at("/execution/stages")
                                .valueStream()
                                .flatMap(stage -> Stream.of(
                                        "stage " + stage.path("type").asText(),
                                        "provider "
                                                + stage.at("/cloud_provider/id").asText())))
                .flatMap(labels -> labels)
                .forEach(label -> INSTANCES
                        .computeIfAbsent(label, l -> new TreeMap<>())
                        .computeIfAbsent(YearMonth.from(day), m -> new HashSet<>())
                        .add(instance));
    }

    @Test
    void hasThirteenCompleteMonthsUpToYesterday() {
        assertThat(EVENTS).hasSize(418);
        assertThat(EVENTS.keySet()).startsWith(LocalDate.parse("2025-10-01")).endsWith(LocalDate.parse("2026-11-22"));
        assertThat(DemoYear.before(LocalDate.parse("2026-12-01")))
                .isEqualTo(new DemoYear(LocalDate.parse("2025-11-01"), LocalDate.parse("2026-11-30")));
    }

    /** The reader accepts each row as an event, and writes the same columns from it. */
    @Test
    void producesTheRowsThatTheServiceWouldStore() throws Exception {
        for (Row row : SAMPLE) {
            JsonNode columns = columns(row);
            Instant receivedAt = receivedAt(columns);
            Row read = Row.of(new EventReader().read(row.json()), receivedAt);
            assertThat(Json.eventColumns(columns(read))).isEqualTo(Json.eventColumns(columns));
            assertThat(columns(read).path("content_hash")).isEqualTo(columns.path("content_hash"));
            assertThat(Row.read(row.json())).isPresent();
            assertThat(UUID.fromString(row.id()).getMostSignificantBits() >>> 16)
                    .isEqualTo(receivedAt.toEpochMilli());
        }
        assertThat(IDS).hasSize(EVENTS.values().stream().mapToInt(n -> n).sum());
    }

    @Test
    void usesRecognisableInstanceIds() {
        assertThat(DAYS.keySet()).allMatch(id -> id.startsWith(Dashboard.DEMO_ID_PREFIX));
    }

    @Test
    void usesOnlyLabelsOfRealPayloads() {
        Set<String> labels = Payload.all().stream()
                .flatMap(payload -> payload.row().at("/execution/stages").valueStream())
                .map(stage -> "stage " + stage.path("type").asText())
                .collect(Collectors.toSet());
        ProtoEnum.TRIGGER_TYPE.names().forEach(name -> labels.add("trigger " + name));
        ProtoEnum.EXECUTION_TYPE.names().forEach(name -> labels.add("type " + name));
        ProtoEnum.CLOUD_PROVIDER.names().forEach(name -> labels.add("provider " + name));
        labels.addAll(Set.of("any", "trigger ", "type ", "provider ")); // absent values
        assertThat(INSTANCES.keySet())
                .filteredOn(label -> !label.startsWith("release "))
                .isSubsetOf(labels);
    }

    @Test
    void growsToHundredAndFiftyInstances() {
        assertThat(instances("any", FIRST)).isBetween(110, 130);
        assertThat(instances("any", LAST)).isBetween(145, 165);
    }

    @Test
    void hasInstancesThatReportOnOneDayOnly() {
        Map<YearMonth, Long> trials = DAYS.values().stream()
                .filter(days -> days.size() == 1)
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(YearMonth::from, Collectors.counting()));
        assertThat(trials.get(FIRST)).isBetween(5L, 9L);
        assertThat(trials.get(LAST)).isBetween(5L, 9L);
    }

    @Test
    void isQuietAtWeekends() {
        assertThat(eventsOn(DayOfWeek.SUNDAY)).isBetween(1, eventsOn(DayOfWeek.MONDAY) / 3);
    }

    @Test
    void movesFromReleaseToReleaseAndKeepsATail() {
        assertThat(instances("release 2026.2", FIRST)).isZero();
        assertThat(instances("release 2026.2", LAST)).isGreaterThan(40);
        assertThat(instances("release 2025.2", FIRST)).isGreaterThan(40);
        assertThat(instances("release 2025.2", LAST)).isZero();
        assertThat(instances("release 1.36", LAST)).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage rollingRestartManifest", "stage awsCodeBuild", "trigger PUBSUB"})
    void hasFeaturesThatGrow(String feature) {
        assertThat(instances(feature, FIRST)).isZero();
        assertThat(instances(feature, LAST)).isGreaterThan(25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stage canary",
                "stage travis",
                "provider DCOS",
                "trigger ARTIFACTORY",
                "type MANAGED_PIPELINE_TEMPLATE_V1"
            })
    void hasFeaturesThatDisappear(String feature) {
        assertThat(instances(feature, FIRST)).isGreaterThanOrEqualTo(10);
        assertThat(instances(feature, LAST)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage acmeCustomStage", "stage com.acme.plugin.RandomWait"})
    void hasStageTypesOfSingleInstances(String feature) {
        assertThat(instances(feature, LAST)).isBetween(1, 2);
    }

    @Test
    void isDeterministicAndOnlyAppendsNewDays() {
        DemoYear today = new DemoYear(YEAR.first(), YEAR.first().plusDays(20));
        DemoYear tomorrow = new DemoYear(YEAR.first(), YEAR.first().plusDays(21));
        List<String> rows = today.rows().map(DemoYearTest::text).toList();
        assertThat(rows).isEqualTo(today.rows().map(DemoYearTest::text).toList());
        assertThat(tomorrow.rows().map(DemoYearTest::text).toList())
                .startsWith(rows.toArray(String[]::new))
                .hasSizeGreaterThan(rows.size());
    }

    private static int instances(String label, YearMonth month) {
        return INSTANCES
                .getOrDefault(label, Map.of())
                .getOrDefault(month, Set.of())
                .size();
    }

    private static int eventsOn(DayOfWeek day) {
        return EVENTS.entrySet().stream()
                .filter(entry -> entry.getKey().getDayOfWeek() == day)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static Instant receivedAt(JsonNode row) {
        return Instant.parse(row.path("received_at").asText());
    }

    private static JsonNode columns(Row row) {
        return Json.parse(text(row));
    }

    private static String text(Row row) {
        return new String(row.json(), StandardCharsets.UTF_8);
    }
}
