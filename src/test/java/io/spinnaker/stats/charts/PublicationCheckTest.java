package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A month that looks invented waits for an owner. */
class PublicationCheckTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final Options CHECKED = new Options(5, false, true, null, PublishedCharts.licence(), null, null);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final List<JsonNode> events = new ArrayList<>();

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void publishesAUsualMonth(Supplier<TestStorage> engine) {
        instances(0, 20, "2026-09-01", "2026-09-02", "2026-10-01", "2026-10-02");
        instances(20, 23, "2026-10-05", "2026-10-06");
        instances(23, 26, "2026-10-07", "2026-10-08");
        assertHeld(engine);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void holdsAMonthThatGrowsTooFast(Supplier<TestStorage> engine) {
        instances(0, 20, "2026-09-01", "2026-09-02", "2026-10-01", "2026-10-02");
        instances(20, 23, "2026-10-05", "2026-10-06");
        instances(23, 27, "2026-10-07", "2026-10-08");
        assertHeld(engine, "2026-10 is held: 27 instances, after 20 in the month before");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void holdsAMonthWithManyNewInstancesOnOneDay(Supplier<TestStorage> engine) {
        instances(0, 20, "2026-09-01", "2026-09-02");
        instances(0, 18, "2026-10-01", "2026-10-02");
        instances(20, 25, "2026-10-05", "2026-10-06");
        assertHeld(engine, "2026-10 is held: 5 of 23 instances are new on one day");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void holdsAMonthThatOneInstanceDominates(Supplier<TestStorage> engine) {
        instances(0, 20, "2026-09-01", "2026-09-02", "2026-10-01", "2026-10-02");
        for (int event = 0; event < 10; event++) {
            events.add(EventRows.payload(0).by(0).at("2026-10-03T12:%02d:00Z".formatted(event)));
        }
        assertHeld(engine, "2026-10 is held: one instance has more than 20 % of the events");
    }

    @Test
    void holdsNoReleasedMonthAgainForAChartThatFailed() {
        instances(0, 20, "2026-09-01", "2026-09-02", "2026-10-01", "2026-10-02");
        instances(20, 30, "2026-10-05", "2026-10-06");
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(events);
            Dashboard september = new Dashboard(storage.sqlEngine(), CHECKED);
            assertThat(september.update(LocalDate.parse("2026-10-31"), Set.of()))
                    .isEmpty();
            Dashboard broken = new Dashboard(new BrokenChart(storage.sqlEngine(), "versions"), CHECKED);
            assertThat(broken.update(AS_OF, Set.of(OCTOBER)))
                    .extracting(DrawFailure::subject)
                    .containsExactly("chart=versions");

            Dashboard repaired = new Dashboard(storage.sqlEngine(), CHECKED);
            assertThat(repaired.update(AS_OF, Set.of())).isEmpty();
            assertThat(PublishedCharts.rows(PublishedCharts.texts(repaired.files(AS_OF)), "versions"))
                    .anyMatch(row -> row.startsWith("2026-10"));
        }
    }

    private void instances(int from, int to, String... days) {
        for (int instance = from; instance < to; instance++) {
            for (String day : days) {
                events.add(EventRows.payload(0).by(instance).at(day + "T12:00:00Z"));
            }
        }
    }

    private void assertHeld(Supplier<TestStorage> engine, String... reasons) {
        try (TestStorage storage = engine.get()) {
            storage.setEvents(events);
            Dashboard dashboard = new Dashboard(storage.sqlEngine(), CHECKED);
            List<DrawFailure> failures = dashboard.update(AS_OF, Set.of());
            assertThat(failures).extracting(DrawFailure::cause).allMatch(MonthHeldException.class::isInstance);
            assertThat(failures)
                    .extracting(failure -> failure.cause().getMessage())
                    .containsExactly(reasons);
            assertThat(months(dashboard)).isEqualTo(reasons.length == 0 ? 2 : 1);
            assertThat(PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF)), "instances-per-day"))
                    .as("days are not held")
                    .anyMatch(row -> row.startsWith("2026-10"));

            assertThat(dashboard.update(AS_OF, Set.of(OCTOBER))).isEmpty();
            assertThat(months(dashboard)).as("after its release").isEqualTo(2);
        }
    }

    private static int months(Dashboard dashboard) {
        return PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF)), "active-instances")
                .size();
    }
}
