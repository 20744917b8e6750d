package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.DelegatingSqlEngine;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Roll-ups: what is counted, and how late events, deletions and failures are corrected. */
class RollUpTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    /** The last day on which October is open. */
    private static final LocalDate OPEN = LocalDate.parse("2026-11-03");

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
            dashboard.update(LocalDate.parse("2026-11-10"), Set.of());
            dashboard.update(LocalDate.parse("2026-11-11"), Set.of());
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
            PublishedCharts.dashboard(storage.sqlEngine()).update(AS_OF, Set.of());
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
            PublishedCharts.dashboard(storage.sqlEngine()).update(AS_OF, Set.of());
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
            PublishedCharts.dashboard(storage.sqlEngine()).update(AS_OF, Set.of());
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
            PublishedCharts.dashboard(storage.sqlEngine()).update(AS_OF, Set.of());
            assertThat(releases(storage, "day")).containsExactly("(not reported)");
        }
    }

    /** October is open until the 5th of November. */
    @ParameterizedTest
    @MethodSource("engines")
    void includesLateEventsAndRemovesDeletedOnes(Supplier<TestStorage> engine) {
        try (TestStorage storage = engine.get();
                TestStorage other = engine.get();
                TestStorage fresh = engine.get()) {
            List<JsonNode> all = october(8);
            List<JsonNode> some = new ArrayList<>(all.subList(0, all.size() - 9));
            PublishedCharts.files(storage, some, OPEN);
            Map<String, String> expected = PublishedCharts.files(fresh, all, AS_OF);
            assertThat(PublishedCharts.files(storage, all, AS_OF)).as("late").isEqualTo(expected);

            List<JsonNode> left = new ArrayList<>(all);
            left.removeIf(event -> event.at("/spinnaker_instance/id").asText().equals(EventRows.instance(3)));
            PublishedCharts.files(other, all, OPEN);
            Map<String, String> files = PublishedCharts.files(other, left, AS_OF);
            assertThat(PublishedCharts.rows(files, "active-instances"))
                    .as("deleted")
                    .containsExactly("2026-10-01 on 2 to 5 days 7");
        }
    }

    /** Another event in place of one: the number stays. */
    @Test
    void rollsUpADayWhoseEventsAreReplaced() {
        List<JsonNode> events = october(8);
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, events, OPEN);
            events.set(0, EventRows.payload(0).by(9).at("2026-10-29T12:00:00Z"));
            PublishedCharts.files(storage, events, OPEN);
            assertThat(storage.sqlEngine().query("SELECT DISTINCT instance FROM daily_instances"))
                    .contains(Map.of("instance", EventRows.instance(9)));
        }
    }

    @Test
    void removesADayWhoseEventsAreDeleted() {
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, october(8), OPEN);
            Map<String, String> files = PublishedCharts.files(storage, List.of(), AS_OF);
            assertThat(PublishedCharts.rows(files, "versions")).isEmpty();
        }
    }

    /** Frozen months need no events, so a run reads those of the open month only. */
    @Test
    void readsNoEventsOfFrozenMonths() {
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, october(8), AS_OF);
            storage.setEvents(List.of());
            RecordedQueries recorded = new RecordedQueries(storage.sqlEngine(), Integer.MAX_VALUE);
            PublishedCharts.dashboard(recorded).update(AS_OF, Set.of());
            assertThat(recorded.queries)
                    .filteredOn(query -> query.contains("\"events\""))
                    .singleElement()
                    .asString()
                    .contains("received_at >= TIMESTAMP '2026-11-01");
        }
    }

    /** A day whose events have expired must not be rolled up as empty while its month is held. */
    @Test
    void readsNoDayWhoseEventsAreAboutToExpire() {
        try (TestStorage storage = TestStorage.duckDb()) {
            RecordedQueries recorded = new RecordedQueries(storage.sqlEngine(), Integer.MAX_VALUE);
            Options kept = new Options(5, true, false, 40, PublishedCharts.licence(), null, null);
            new Dashboard(recorded, kept).update(AS_OF, Set.of());
            assertThat(recorded.queries)
                    .filteredOn(query -> query.contains("\"events\""))
                    .singleElement()
                    .asString()
                    .contains("received_at >= TIMESTAMP '2026-10-15");
        }
    }

    /** A query that fails for one day must not hide the days around it. */
    @Test
    void skipsADayThatCannotBeRolledUp() {
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(october(8));
            BrokenDay broken = new BrokenDay(storage.sqlEngine(), "2026-10-30");
            Dashboard dashboard = PublishedCharts.dashboard(broken);
            assertThat(dashboard.update(AS_OF, Set.of()))
                    .extracting(DrawFailure::subject)
                    .containsExactly("day=2026-10-30");
            assertThat(eventsByDay(storage)).hasSize(16);
            Map<String, String> files = PublishedCharts.texts(dashboard.files(AS_OF));
            assertThat(PublishedCharts.rows(files, "versions"))
                    .as("a month with a day that could not be rolled up")
                    .isEmpty();

            assertThat(PublishedCharts.rows(files, "instances-per-day"))
                    .as("the other days")
                    .containsExactly("2026-10-31 instances 8");

            dashboard.update(AS_OF, Set.of(YearMonth.of(2026, 10)));
            assertThat(PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF)), "versions"))
                    .as("if an owner releases it")
                    .isNotEmpty();
        }
    }

    @Test
    void drawsAMonthWhenItsDaysAreRolledUp() {
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(october(8));
            PublishedCharts.dashboard(new BrokenDay(storage.sqlEngine(), "2026-10-30"))
                    .update(AS_OF, Set.of());
            Dashboard repaired = PublishedCharts.dashboard(storage.sqlEngine());
            assertThat(repaired.update(AS_OF, Set.of())).isEmpty();
            assertThat(PublishedCharts.rows(PublishedCharts.texts(repaired.files(AS_OF)), "versions"))
                    .isNotEmpty();
        }
    }

    @Test
    void changesNothingWhenRepeated() {
        try (TestStorage storage = TestStorage.duckDb()) {
            Map<String, String> files = PublishedCharts.files(storage, october(8), AS_OF);
            RecordedQueries unbroken = new RecordedQueries(storage.sqlEngine(), Integer.MAX_VALUE);
            Dashboard again = PublishedCharts.dashboard(unbroken);
            again.update(AS_OF, Set.of());
            assertThat(unbroken.replaced).isZero();
            assertThat(PublishedCharts.texts(again.files(AS_OF))).isEqualTo(files);
        }
    }

    @Test
    void computesOnlyDailyChartsWithinAMonth() {
        try (TestStorage storage = TestStorage.duckDb()) {
            PublishedCharts.files(storage, october(8), AS_OF.minusDays(1));
            RecordedQueries unbroken = new RecordedQueries(storage.sqlEngine(), Integer.MAX_VALUE);
            PublishedCharts.dashboard(unbroken).update(AS_OF, Set.of());
            assertThat(unbroken.replaced)
                    .as("points of the new day, and the day itself")
                    .isEqualTo(2);
        }
    }

    @Test
    void nextRunRecoversFromFailureAtAnyStep() {
        Map<String, String> expected = PublishedCharts.files(october(8), AS_OF);
        boolean broken = true;
        for (int steps = 0; broken; steps++) {
            try (TestStorage storage = TestStorage.duckDb()) {
                storage.setEvents(october(8));
                broken = breaks(storage, steps);
                assertThat(PublishedCharts.files(storage, october(8), AS_OF))
                        .as("broken after " + steps)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean breaks(TestStorage storage, int steps) {
        try {
            PublishedCharts.dashboard(new RecordedQueries(storage.sqlEngine(), steps))
                    .update(AS_OF, Set.of());
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
            sqlEngine.replace(
                    DerivedTable.ROLLUP_STATE, day, "SELECT DATE '2026-11-10' AS day, 7 AS events, 1 AS events_hash");
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> sqlEngine.replace(
                            DerivedTable.ROLLUP_STATE,
                            day,
                            "SELECT DATE '2026-11-10' AS day, NULL AS events, 1 AS events_hash"))
                    .withMessage("DuckDB reports Constraint Error");
            assertThat(sqlEngine.query("SELECT day, events FROM rollup_state"))
                    .containsExactly(Map.of("day", "2026-11-10", "events", 7L));
        }
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

    /** Records queries, and fails before the given number of replacements is done. */
    private static final class RecordedQueries extends DelegatingSqlEngine {

        private final int steps;
        private final List<String> queries = new ArrayList<>();
        private int replaced;

        RecordedQueries(SqlEngine sqlEngine, int steps) {
            super(sqlEngine);
            this.steps = steps;
        }

        @Override
        public List<Map<String, @Nullable Object>> query(String sql) {
            queries.add(sql);
            return super.query(sql);
        }

        @Override
        public void replace(DerivedTable table, String where, String select) {
            if (replaced == steps) {
                throw new IllegalStateException("broken");
            }
            super.replace(table, where, select);
            replaced++;
        }
    }

    /** Fails for every roll-up that includes a day. */
    private static final class BrokenDay extends DelegatingSqlEngine {

        private final String day;

        BrokenDay(SqlEngine sqlEngine, String day) {
            super(sqlEngine);
            this.day = day;
        }

        @Override
        public void replace(DerivedTable table, String where, String select) {
            Matcher days =
                    Pattern.compile("day BETWEEN DATE '(.*)' AND DATE '(.*)'").matcher(where);
            boolean fails = days.matches()
                    && days.group(1).compareTo(day) <= 0
                    && days.group(2).compareTo(day) >= 0;
            super.replace(table, where, fails ? "SELECT no_such_column" : select);
        }
    }
}
