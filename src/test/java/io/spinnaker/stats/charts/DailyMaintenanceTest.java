package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.Maintenance;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DailyMaintenanceTest {

    private final TestStorage storage = TestStorage.duckDb();
    private final Dashboard dashboard = PublishedCharts.dashboard(storage.sqlEngine());
    private final MovableClock clock = new MovableClock();
    private final DailyMaintenance daily = new DailyMaintenance(() -> dashboard, clock);
    private final RecordedMaintenance maintenance = new RecordedMaintenance(storage.sqlEngine());

    @Test
    void rollsUpBeforeItDeletes() {
        storage.setEvents(List.of(EventRows.payload(0).by(1).at("2026-11-21T12:00:00Z")));
        daily.runIfDue(maintenance);
        assertThat(maintenance.calls).containsExactly("delete before 2026-10-24, after 1 day was rolled up", "back up");
    }

    @Test
    void runsOnceADay() {
        daily.runIfDue(maintenance);
        daily.runIfDue(maintenance);
        assertThat(maintenance.calls).hasSize(2);
        clock.now = clock.now.plus(Duration.ofDays(1));
        daily.runIfDue(maintenance);
        assertThat(maintenance.calls).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsAFailedRun(boolean isDefect) {
        maintenance.failure = isDefect
                ? () -> {
                    throw new IllegalStateException();
                }
                : () -> storage.sqlEngine().query("SELECT nothing");
        daily.runIfDue(maintenance);
        assertThat(maintenance.calls).hasSize(1);
        maintenance.failure = () -> {};
        daily.runIfDue(maintenance);
        assertThat(maintenance.calls).hasSize(3);
    }

    @Test
    void deletesNothingThatAFailedChartStillNeeds() {
        storage.setEvents(List.of(EventRows.payload(0).by(1).at("2026-10-13T12:00:00Z")));
        Dashboard broken = PublishedCharts.dashboard(new BrokenChart(storage.sqlEngine(), "versions"));
        new DailyMaintenance(() -> broken, clock).runIfDue(maintenance);
        assertThat(maintenance.calls).isEmpty();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    /** Records what it is told to do. */
    private static final class RecordedMaintenance implements Maintenance {

        private final SqlEngine sqlEngine;
        private final List<String> calls = new ArrayList<>();
        private Runnable failure = () -> {};

        RecordedMaintenance(SqlEngine sqlEngine) {
            this.sqlEngine = sqlEngine;
        }

        @Override
        public OptionalInt retentionDays() {
            return OptionalInt.of(30);
        }

        @Override
        public void deleteBefore(LocalDate day) {
            int days = sqlEngine
                    .query("SELECT day FROM " + sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName()))
                    .size();
            calls.add("delete before %s, after %d day was rolled up".formatted(day, days));
            failure.run();
        }

        @Override
        public void backUp() {
            calls.add("back up");
        }
    }

    /** A clock that a test sets. */
    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-11-23T00:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
