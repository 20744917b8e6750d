package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Roll-ups: what is counted, and how late events, deletions and failures are corrected. */
class RollUpTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void countsARowThatIsStoredTwiceOnce(Supplier<TestStorage> engine) {
        JsonNode event = EventRows.payload(0).by(1).at("2026-11-10T10:00:00Z");
        assertThat(eventsByDay(engine, List.of(event, event))).containsExactly("2026-11-10 1");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void leavesOutCopiesWithinTenSecondsOfACountedOne(Supplier<TestStorage> engine) {
        EventRows event = EventRows.payload(0).by(1);
        assertThat(eventsByDay(
                        engine,
                        List.of(
                                event.at("2026-11-10T10:00:00Z"), // counted
                                event.at("2026-11-10T10:00:09Z"),
                                event.at("2026-11-10T10:00:18Z"), // counted
                                EventRows.payload(1).by(1).at("2026-11-10T10:00:18Z"), // other content: counted
                                event.at("2026-11-11T10:00:00Z"), // counted
                                event.at("2026-11-11T10:00:00.000001Z"),
                                event.at("2026-11-11T10:00:09.999999Z"),
                                event.at("2026-11-12T10:00:00Z"), // counted
                                event.at("2026-11-12T10:00:10Z")))) // counted
                .containsExactly("2026-11-10 3", "2026-11-11 1", "2026-11-12 2");
    }

    /** A chain of copies must not hide what a restarted execution reports. */
    @ParameterizedTest
    @MethodSource("engines")
    void countsOneCopyPerTenSecondsOfALongRun(Supplier<TestStorage> engine) {
        EventRows event = EventRows.payload(0).by(1);
        List<JsonNode> copies = IntStream.range(0, 40)
                .mapToObj(i -> event.at(Instant.parse("2026-11-10T23:58:20Z").plusSeconds(5L * i)))
                .toList();
        assertThat(eventsByDay(engine, copies)).containsExactly("2026-11-10 10", "2026-11-11 10");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void comparesCopiesAcrossMidnight(Supplier<TestStorage> engine) {
        EventRows event = EventRows.payload(0).by(1);
        assertThat(eventsByDay(
                        engine,
                        List.of(
                                event.at("2026-11-10T23:59:43Z"), // counted
                                event.at("2026-11-10T23:59:50Z"),
                                event.at("2026-11-10T23:59:54Z"), // counted
                                event.at("2026-11-11T00:00:02Z"),
                                event.at("2026-11-11T00:00:05Z"), // counted
                                event.at("2026-11-11T23:59:59Z"), // counted
                                event.at("2026-11-12T00:00:10Z")))) // counted
                .containsExactly("2026-11-10 2", "2026-11-11 2", "2026-11-12 1");
    }

    /** A day that is rolled up later must know the copies of the evening before. */
    @ParameterizedTest
    @MethodSource("engines")
    void comparesCopiesAcrossMidnightWhenDaysAreRolledUpOneByOne(Supplier<TestStorage> engine) {
        EventRows event = EventRows.payload(0).by(1);
        try (TestStorage storage = engine.get()) {
            Dashboard dashboard = PublishedCharts.dashboard(storage.sqlEngine());
            storage.setEvents(List.of(
                    event.at("2026-11-10T23:59:43Z"), // counted
                    event.at("2026-11-10T23:59:50Z"),
                    event.at("2026-11-10T23:59:54Z"), // counted
                    event.at("2026-11-11T00:00:02Z"),
                    event.at("2026-11-11T00:00:05Z"))); // counted
            dashboard.rollUp(LocalDate.parse("2026-11-10"));
            dashboard.rollUp(LocalDate.parse("2026-11-11"));
            assertThat(eventsByDay(storage)).containsExactly("2026-11-10 2", "2026-11-11 1");
        }
    }

    /** Without an execution ID, equal content says nothing: two executions of the same kind have it. */
    @ParameterizedTest
    @MethodSource("engines")
    void countsEveryEventWithoutAnExecutionId(Supplier<TestStorage> engine) {
        for (String sent : List.of("event-without-execution.json", "event-empty-execution-id.json")) {
            List<JsonNode> events = IntStream.range(0, 20)
                    .mapToObj(i -> EventRows.sent(
                            sent, Instant.parse("2026-11-10T10:00:00Z").plusSeconds(i)))
                    .toList();
            assertThat(events)
                    .extracting(event -> event.path("content_hash"))
                    .containsOnly(events.getFirst().path("content_hash"));
            assertThat(eventsByDay(engine, events)).as(sent).containsExactly("2026-11-10 20");
        }
    }

    private static List<String> eventsByDay(Supplier<TestStorage> engine, List<JsonNode> events) {
        try (TestStorage storage = engine.get()) {
            storage.setEvents(events);
            PublishedCharts.dashboard(storage.sqlEngine()).rollUp(AS_OF);
            return eventsByDay(storage);
        }
    }

    private static List<String> eventsByDay(TestStorage storage) {
        return storage
                .sqlEngine()
                .query("SELECT day, events FROM " + storage.sqlEngine().table("daily_instances") + " ORDER BY day")
                .stream()
                .map(row -> row.get("day") + " " + row.get("events"))
                .toList();
    }

    @Test
    void rollsUpTheNextDayAfterALateEventBeforeMidnight() {
        EventRows event = EventRows.payload(0).by(1);
        JsonNode copy = event.at("2026-11-11T00:00:05Z");
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, List.of(EventRows.payload(1).by(1).at("2026-11-10T10:00:00Z"), copy), AS_OF);
            PublishedCharts.files(
                    storage,
                    List.of(
                            EventRows.payload(1).by(1).at("2026-11-10T10:00:00Z"),
                            event.at("2026-11-10T23:59:59Z"), // late
                            copy),
                    AS_OF);
            assertThat(storage.sqlEngine().query("SELECT day, events FROM daily_instances"))
                    .containsExactly(Map.of("day", "2026-11-10", "events", 2L));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void usesTheLastReportedValuesOfADay(Supplier<TestStorage> engine) {
        try (TestStorage storage = engine.get()) {
            storage.setEvents(List.of(
                    instance("1.9.0", "2026-11-10T00:00:00Z"),
                    instance("2026.0.1", "2026-11-10T23:59:59.999999Z"),
                    instance("1.36", "2026-11-11T00:00:00Z")));
            PublishedCharts.dashboard(storage.sqlEngine()).rollUp(AS_OF);
            assertThat(releases(storage, "day")).containsExactly("2026.0", "1.36");
        }
    }

    private static JsonNode instance(String version, String time) {
        return EventRows.payload(0).by(1).version(version).at(time);
    }

    private static List<String> releases(TestStorage storage, String order) {
        return storage
                .sqlEngine()
                .query("SELECT release FROM " + storage.sqlEngine().table("daily_instances") + " ORDER BY " + order)
                .stream()
                .map(row -> String.valueOf(row.get("release")))
                .toList();
    }

    /** Each version with what it is. */
    private static final Map<String, String> VERSIONS = versions();

    private static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("1.36", "1.36");
        versions.put("1.30.4", "1.30");
        versions.put("v1.30.4", "1.30");
        versions.put(" 1.31.1", "1.31");
        versions.put("01.30", "1.30");
        versions.put("1.0.0", "1.0");
        versions.put("1.30-тест-🚀", "1.30");
        versions.put("1.36.0-acme", "1.36");
        versions.put("2026.0.1", "2026.0");
        versions.put("2026.2-7", "2026.2");
        versions.put("2026.2.3", "2026.2");
        versions.put("2025.10.0", "2025.10");
        for (String build : List.of(
                "main",
                "main-107",
                "main-latest-unvalidated",
                "master-latest-unvalidated",
                "master-20200401120000",
                "release-1.20.x-latest-unvalidated",
                "1.20.x-latest-unvalidated",
                "release-2026.2.x-12",
                "pr7966-0",
                "0.0.0-main-107",
                "2026.3.0-SNAPSHOT",
                "branch:upstream/master")) {
            versions.put(build, "(development build)");
        }
        for (String nothing : List.of("", " ", "unknown", "UNKNOWN", "undefined", "Undefined", "null")) {
            versions.put(nothing, "(not reported)");
        }
        for (String other : List.of(
                "1", "1.", "1.x", "12345.6", "1.12345", "1.09.1", "acme", "acme-2.0", "latest", "v", "-", "x1.30")) {
            versions.put(other, "(not a release)");
        }
        return versions;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void tellsReleasesFromOtherVersions(Supplier<TestStorage> engine) {
        List<JsonNode> events = new ArrayList<>();
        for (String version : VERSIONS.keySet()) {
            events.add(EventRows.payload(0).by(events.size()).version(version).at("2026-10-01T00:00:00Z"));
        }
        try (TestStorage storage = engine.get()) {
            storage.setEvents(events);
            PublishedCharts.dashboard(storage.sqlEngine()).rollUp(AS_OF);
            Map<String, String> byInstance = new HashMap<>();
            storage.sqlEngine()
                    .query("SELECT instance, release FROM "
                            + storage.sqlEngine().table("daily_instances"))
                    .forEach(row ->
                            byInstance.put(String.valueOf(row.get("instance")), String.valueOf(row.get("release"))));
            Map<String, String> releases = new LinkedHashMap<>();
            VERSIONS.keySet()
                    .forEach(version -> releases.put(version, byInstance.get(EventRows.instance(releases.size()))));
            assertThat(releases).containsExactlyEntriesOf(VERSIONS);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void treatsAMissingVersionAsNotReported(Supplier<TestStorage> engine) {
        try (TestStorage storage = engine.get()) {
            storage.setEvents(
                    List.of(EventRows.payload(0).by(1).withoutVersion().at("2026-11-10T00:00:00Z")));
            PublishedCharts.dashboard(storage.sqlEngine()).rollUp(AS_OF);
            assertThat(releases(storage, "day")).containsExactly("(not reported)");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void includesLateEventsAndRemovesDeletedOnes(Supplier<TestStorage> engine) {
        try (TestStorage storage = engine.get();
                TestStorage fresh = engine.get()) {
            List<JsonNode> all = october(8);
            List<JsonNode> some = new ArrayList<>(all.subList(0, all.size() - 9));
            PublishedCharts.files(storage, some, AS_OF);
            Map<String, String> expected = PublishedCharts.files(fresh, all, AS_OF);
            assertThat(PublishedCharts.files(storage, all, AS_OF)).as("late").isEqualTo(expected);

            List<JsonNode> left = new ArrayList<>(all);
            left.removeIf(event -> event.at("/spinnaker_instance/id").asText().equals(EventRows.instance(3)));
            Map<String, String> without = PublishedCharts.files(fresh, left, AS_OF);
            assertThat(PublishedCharts.files(storage, left, AS_OF))
                    .as("deleted")
                    .isEqualTo(without);
            assertThat(without).isNotEqualTo(expected);
        }
    }

    @Test
    void removesADayWhoseEventsAreDeleted() {
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, october(8), AS_OF);
            Map<String, String> files = PublishedCharts.files(storage, List.of(), AS_OF);
            assertThat(PublishedCharts.rows(files, "versions")).isEmpty();
        }
    }

    @Test
    void readsNothingBeforeTheLookback() {
        LocalDate yearLater = AS_OF.plusYears(1);
        try (TestStorage storage = TestStorage.duckDb()) {
            Map<String, String> files = PublishedCharts.files(storage, october(8), AS_OF);
            PublishedCharts.files(storage, later(october(8)), yearLater);
            assertThat(PublishedCharts.rows(PublishedCharts.files(storage, later(october(8)), yearLater), "versions"))
                    .as("its events are gone, its numbers stay")
                    .containsAll(PublishedCharts.rows(files, "versions"));
        }
    }

    @Test
    void checksAllDaysWithUnlimitedLookback() {
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(later(october(8)));
            Dashboard dashboard = new Dashboard(
                    storage.sqlEngine(),
                    new Dashboard.Options(5, Dashboard.Options.UNLIMITED_LOOKBACK_DAYS, null, null));
            dashboard.rollUp(AS_OF.plusYears(1));
            List<JsonNode> all = new ArrayList<>(october(8));
            all.addAll(later(october(8)));
            storage.setEvents(all);
            dashboard.rollUp(AS_OF.plusYears(1));
            assertThat(PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF.plusYears(1))), "versions"))
                    .anyMatch(row -> row.startsWith("2026-10-01"));
        }
    }

    private static List<JsonNode> later(List<JsonNode> events) {
        List<JsonNode> later = new ArrayList<>();
        for (int instance = 0; instance < events.size(); instance++) {
            later.add(EventRows.payload(instance).by(instance % 8).at("2027-11-20T12:00:00.%06dZ".formatted(instance)));
        }
        return later;
    }

    @Test
    void changesNothingWhenRepeated() {
        try (TestStorage storage = TestStorage.duckDb()) {
            Map<String, String> files = PublishedCharts.files(storage, october(8), AS_OF);
            Breaking unbroken = new Breaking(storage.sqlEngine(), Integer.MAX_VALUE);
            Dashboard again = PublishedCharts.dashboard(unbroken);
            again.rollUp(AS_OF);
            assertThat(unbroken.replaced).isZero();
            assertThat(PublishedCharts.texts(again.files(AS_OF))).isEqualTo(files);
        }
    }

    @Test
    void computesOnlyDailyChartsWithinAMonth() {
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, october(8), AS_OF.minusDays(1));
            Breaking unbroken = new Breaking(storage.sqlEngine(), Integer.MAX_VALUE);
            PublishedCharts.dashboard(unbroken).rollUp(AS_OF);
            assertThat(unbroken.replaced).as("events per day and their state").isEqualTo(2);
        }
    }

    @Test
    void nextRunRecoversFromFailureAtAnyStep() {
        try (TestStorage fresh = TestStorage.duckDb()) {
            Map<String, String> expected = PublishedCharts.files(fresh, october(8), AS_OF);
            boolean broken = true;
            for (int steps = 0; broken; steps += 3) {
                try (TestStorage storage = TestStorage.duckDb()) {
                    PublishedCharts.files(storage, october(7), AS_OF);
                    storage.setEvents(october(8));
                    broken = breaks(storage, steps);
                    assertThat(PublishedCharts.files(storage, october(8), AS_OF))
                            .as("broken after " + steps)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static boolean breaks(TestStorage storage, int steps) {
        try {
            PublishedCharts.dashboard(new Breaking(storage.sqlEngine(), steps)).rollUp(AS_OF);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void replacesADayAtomically() {
        try (TestStorage storage = TestStorage.duckDb()) {
            SqlEngine sqlEngine = storage.sqlEngine();
            String day = "day = DATE '2026-11-10'";
            sqlEngine.replace(DerivedTable.ROLLUP_STATE, day, "SELECT DATE '2026-11-10' AS day, 7 AS events");
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> sqlEngine.replace(
                            DerivedTable.ROLLUP_STATE, day, "SELECT DATE '2026-11-10' AS day, NULL AS events"))
                    .withMessage("DuckDB reports Constraint Error");
            assertThat(sqlEngine.query("SELECT day, events FROM rollup_state"))
                    .containsExactly(Map.of("day", "2026-11-10", "events", 7L));
        }
    }

    @Test
    void recomputesAllChartsWhenTheThresholdChanges() {
        try (TestStorage storage = TestStorage.duckDb()) {
            assertThat(PublishedCharts.rows(PublishedCharts.files(storage, october(8), AS_OF), "versions"))
                    .isNotEmpty();
            Dashboard stricter = new Dashboard(
                    storage.sqlEngine(), new Dashboard.Options(9, Dashboard.Options.DEFAULT_LOOKBACK_DAYS, null, null));
            stricter.rollUp(AS_OF);
            assertThat(PublishedCharts.rows(PublishedCharts.texts(stricter.files(AS_OF)), "versions"))
                    .isEmpty();
        }
    }

    @Test
    void skipsDaysWhoseEventsAreAboutToExpire() {
        assertThat(new Dashboard.Options(5, 35, 30, null).effectiveLookbackDays())
                .isEqualTo(28);
        assertThat(new Dashboard.Options(5, 35, 400, null).effectiveLookbackDays())
                .isEqualTo(35);
    }

    /** Every payload, sent by the given number of instances on the last three days of October. */
    private static List<JsonNode> october(int instances) {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            for (int payload = 0; payload < 24; payload++) {
                events.add(EventRows.payload(payload * 6)
                        .by(instance)
                        .at("2026-10-%dT%02d:00:%02dZ".formatted(29 + payload % 3, payload, instance)));
            }
        }
        return events;
    }

    /** Fails before the given number of replacements is done. */
    private static final class Breaking implements SqlEngine {

        private final SqlEngine sqlEngine;
        private final int steps;
        private int replaced;

        Breaking(SqlEngine sqlEngine, int steps) {
            this.sqlEngine = sqlEngine;
            this.steps = steps;
        }

        @Override
        public List<Map<String, @Nullable Object>> query(String sql) {
            return sqlEngine.query(sql);
        }

        @Override
        public void replace(DerivedTable table, String where, String select) {
            if (replaced == steps) {
                throw new IllegalStateException("broken");
            }
            sqlEngine.replace(table, where, select);
            replaced++;
        }

        @Override
        public String table(String name) {
            return sqlEngine.table(name);
        }

        @Override
        public String fileSuffix() {
            return sqlEngine.fileSuffix();
        }
    }
}
