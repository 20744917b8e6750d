package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.spinnaker.stats.charts.BrokenChart;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.EventRows;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.site.PublicFiles;
import io.spinnaker.stats.storage.TestStorage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that are computed on request. */
class OnDemandFilesTest {

    @Test
    void failsOnlyForTheChartThatCannotBeComputed() throws Exception {
        try (TestStorage storage = TestStorage.duckDb()) {
            storage.setEvents(List.of(EventRows.payload(0).by(1).at("2026-10-05T12:00:00Z")));
            Dashboard dashboard =
                    new Dashboard(new BrokenChart(storage.sqlEngine(), "stage-types"), PublishedCharts.exact());
            OnDemandFiles files = new OnDemandFiles(
                    () -> dashboard,
                    () -> new PublicFiles(dashboard),
                    Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));

            for (String name : List.of("stage-types.json", "stage-types.csv")) {
                assertThatIOException()
                        .isThrownBy(() -> files.find(name))
                        .withMessage("cannot draw chart=stage-types: DuckDB reports Binder Error");
            }
            for (String name : List.of("index.json", "versions.json", "triggers.csv")) {
                assertThat(files.find(name)).as(name).isPresent();
            }
        }
    }
}
