package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A period is drawn once: two copies of a month do not show what happened in between. */
class FrozenPeriodsTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final TestStorage storage = TestStorage.duckDb();

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void drawsAMonthWhenTheFourthDayOfTheNextIsOver() {
        Map<String, String> before = publish(october(6), "2026-11-03");
        assertThat(PublishedCharts.rows(before, "versions")).isEmpty();
        Map<String, String> after = publish(october(6), "2026-11-04");
        assertThat(PublishedCharts.rows(after, "versions")).containsExactly("2026-10-01 1.36.x 6");
    }

    @Test
    void drawsADayWhenTwoMoreDaysAreOver() {
        assertThat(PublishedCharts.rows(publish(october(6), "2026-10-22"), "instances-per-day"))
                .isEmpty();
        assertThat(PublishedCharts.rows(publish(october(6), "2026-10-23"), "instances-per-day"))
                .containsExactly("2026-10-21 instances 6");
    }

    @Test
    void keepsMonthsAndDaysAfterADeletion() {
        Map<String, String> all = publish(october(8), "2026-11-04");
        assertSameRows(publish(october(7), "2026-11-22"), all);
        assertSameRows(publish(List.of(), "2026-11-22"), all);
    }

    /** Other thresholds and noise stand for any change of the SQL. */
    @Test
    void keepsMonthsAfterAnUpgrade() {
        Map<String, String> all = publish(october(8), "2026-11-04");
        Options changed = new Options(7, true, false, null, PublishedCharts.licence(), null, null);
        assertSameRows(PublishedCharts.files(storage, october(7), AS_OF, changed), all);
    }

    @Test
    void aNewChartBeginsWithTheNextPeriod() {
        publish(october(8), "2026-11-04");
        storage.sqlEngine()
                .replace(DerivedTable.DRAWN_PERIODS, "chart = 'versions'", "SELECT * FROM drawn_periods WHERE FALSE");
        storage.sqlEngine()
                .replace(DerivedTable.CHART_POINTS, "chart = 'versions'", "SELECT * FROM chart_points WHERE FALSE");
        List<JsonNode> events = new ArrayList<>(october(8));
        for (int instance = 0; instance < 8; instance++) {
            events.add(event(instance).at("2026-11-10T12:00:00Z"));
        }
        assertThat(PublishedCharts.rows(publish(events, "2026-12-04"), "versions"))
                .containsExactly("2026-11-01 1.36.x 8");
    }

    /** A chart whose query failed catches up, also if it failed the first time that anything was drawn; the others do not wait. */
    @Test
    void aChartThatFailedIsDrawnByTheNextRun() {
        storage.setEvents(october(8));
        Dashboard broken = PublishedCharts.dashboard(new BrokenChart(storage.sqlEngine(), "versions"));
        assertThat(broken.update(AS_OF, Set.of()))
                .extracting(DrawFailure::subject)
                .containsExactly("chart=versions");
        assertThat(PublishedCharts.rows(PublishedCharts.texts(broken.files(AS_OF)), "stage-types"))
                .as("the other charts")
                .isNotEmpty();
        storage.setEvents(october(7));
        assertThat(PublishedCharts.rows(publish(october(7), "2026-11-22"), "triggers"))
                .as("are frozen")
                .containsExactly("2026-10-01 GIT 8 null null 100");
        storage.setEvents(october(8));
        assertThat(PublishedCharts.rows(publish(october(8), "2026-11-22"), "versions"))
                .as("the chart that failed, drawn from the events of the second run")
                .containsExactly("2026-10-01 1.36.x 7");
    }

    @Test
    void anOwnerCanDrawAMonthAgain() {
        publish(october(8), "2026-11-04");
        storage.setEvents(october(7));
        Dashboard dashboard = PublishedCharts.dashboard(storage.sqlEngine());
        dashboard.redraw(YearMonth.of(2026, 10), AS_OF);
        assertThat(PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF)), "versions"))
                .containsExactly("2026-10-01 1.36.x 7");
        assertThat(PublishedCharts.periods(PublishedCharts.texts(dashboard.files(AS_OF)), "versions"))
                .containsExactly("2026-10-01 7 2/31");
        assertThat(PublishedCharts.rows(PublishedCharts.texts(dashboard.files(AS_OF)), "instances-per-day"))
                .as("its days")
                .containsExactly("2026-10-21 instances 7");
    }

    /** Otherwise a typing error would freeze a month that is not over, or all months up to a distant one. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-09", "2026-11", "2062-10"})
    void refusesToDrawAMonthAgainThatIsNotDrawn(String month) {
        publish(october(8), "2026-11-04");
        Map<String, String> before = publish(october(8), "2026-11-22");
        Dashboard dashboard = PublishedCharts.dashboard(storage.sqlEngine());
        assertThatExceptionOfType(RedrawRefusedException.class)
                .isThrownBy(() -> dashboard.redraw(YearMonth.parse(month), AS_OF));
        assertThat(PublishedCharts.texts(dashboard.files(AS_OF))).isEqualTo(before);
    }

    private Map<String, String> publish(List<JsonNode> events, String asOf) {
        return PublishedCharts.files(storage, events, LocalDate.parse(asOf));
    }

    private static void assertSameRows(Map<String, String> files, Map<String, String> expected) {
        for (Chart chart : Charts.all()) {
            assertThat(PublishedCharts.rows(files, chart.name()))
                    .as(chart.name())
                    .isEqualTo(PublishedCharts.rows(expected, chart.name()));
            assertThat(PublishedCharts.periods(files, chart.name()))
                    .as(chart.name())
                    .containsAll(PublishedCharts.periods(expected, chart.name()));
        }
    }

    /** Instances from number 0 on, on two days of October. */
    private static List<JsonNode> october(int instances) {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            events.add(event(instance).at("2026-10-20T12:00:00Z"));
            events.add(event(instance).at("2026-10-21T12:00:00Z"));
        }
        return events;
    }

    private static EventRows event(int instance) {
        return EventRows.payload(0)
                .by(instance)
                .version("1.36.1")
                .execution("PIPELINE", "SUCCEEDED", "GIT")
                .stage("deploy", "AWS", "SUCCEEDED");
    }
}
