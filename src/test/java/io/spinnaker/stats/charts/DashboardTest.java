package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The public files: their names and formats. */
class DashboardTest {

    /** The headers of the chart versions, as its file begins. */
    private static final String VERSIONS = """
            {"name":"versions","title":"Spinnaker versions","question":"Which releases of Spinnaker are in use?",\
            "section":"Instances and versions","unit":"instances","measure":"share","period":"month","view":"trend",\
            "order":"label","labels":"exclusive","explanations":{\
            "(development build)":"(development build) means that the instance reports a build of a branch, such as \
            main-107.",\
            "(not reported)":"(not reported) means that the instance reports no version, or “unknown”.",\
            "(not a release)":"(not a release) means that the instance reports a version that is neither a release nor \
            a known development build."},"tile":"Most used version","tileValue":"top",""";

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final TestStorage storage = TestStorage.duckDb();
    private final Dashboard dashboard =
            new Dashboard(storage.sqlEngine(), new Options(5, Options.DEFAULT_LOOKBACK_DAYS, null, null));

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void writesEachChartAsJsonAndCsv() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 6; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .version("1.36.1")
                    .execution("PIPELINE", "SUCCEEDED", "GIT")
                    .stage("deploy", "AWS", "SUCCEEDED")
                    .at("2026-10-05T12:00:0" + instance + "Z"));
        }
        storage.setEvents(events);
        dashboard.rollUp(AS_OF);

        assertThat(text("versions.json")).isEqualTo(VERSIONS + """
                "asOf":"2026-11-22","maxLabels":150,"from":"2023-11-01","to":"2026-10-31",\
                "threshold":5,"instances":5,\
                "rows":[{"period":"2026-10-01","label":"1.36.x","instances":5,"count":5,"part":0}]}""");
        assertThat(text("stage-types.csv")).isEqualTo("""
                as_of,period,label,instances,count,part\r
                2026-11-22,2026-10-01,"deploy",5,5,0\r
                """);
    }

    @Test
    void hasNeitherDayNorRowsWithoutEvents() {
        dashboard.rollUp(AS_OF);
        assertThat(text("versions.json")).isEqualTo(VERSIONS + """
                "asOf":null,"maxLabels":150,"from":null,"to":null,\
                "threshold":5,"instances":null,"rows":[]}""");
        assertThat(text("versions.csv")).isEqualTo("as_of,period,label,instances,count,part\r\n");
    }

    @Test
    void writesTheIndexOfAllChartsLast() {
        Dashboard demo = new Dashboard(storage.sqlEngine(), new Options(7, 35, 730, () -> true));
        ChartFile index = demo.files(AS_OF).getLast();
        assertThat(index.name()).isEqualTo("index.json");
        assertThat(new String(index.content(), StandardCharsets.UTF_8))
                .startsWith("""
                        {"asOf":null,"threshold":7,"dev":true,"demo":true,"retentionDays":730,"charts":[{"name":"stage-types",\
                        "title":"Stage types","question":""")
                .contains("""
                        {"name":"events-per-day","title":"Events per day",\
                        "question":"How many events do we receive, and is the flow steady?","section":"Instances and versions",\
                        "unit":"events","measure":"count","period":"day","view":"trend","order":"value","labels":"exclusive"}""");
        assertThat(text("index.json")).contains("\"demo\":false,\"retentionDays\":null");
    }

    @Test
    void writesTheSameBytesForASingleFile() {
        storage.setEvents(SampleCommunity.events());
        dashboard.rollUp(AS_OF);
        PublishedCharts.texts(dashboard.files(AS_OF))
                .forEach((name, text) -> assertThat(text(name)).as(name).isEqualTo(text));
        assertThat(dashboard.file("no-such-chart.json", AS_OF)).isNull();
        assertThat(dashboard.file("versions.xml", AS_OF)).isNull();
    }

    private String text(String name) {
        ChartFile file = Objects.requireNonNull(dashboard.file(name, AS_OF));
        return new String(file.content(), StandardCharsets.UTF_8);
    }
}
