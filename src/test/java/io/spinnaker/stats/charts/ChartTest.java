package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spinnaker.stats.charts.AllowLists.Unreportable;
import io.spinnaker.stats.charts.Chart.Annotation;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the headers of a chart's file. */
class ChartTest {

    private static final List<String> REQUIRED = List.of(
            "title: Stage types",
            "question: Which stages do pipelines use?",
            "section: Usage",
            "numbers: instances, regular",
            "period: month",
            "view: bars",
            "order: value",
            "labels: overlapping");

    private static final String SQL = "SELECT period, type AS label FROM stages\n";

    private static Chart parse(List<String> headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach(header -> text.append("-- ").append(header).append('\n'));
        return Chart.parse("example", text + SQL);
    }

    private static Chart parseWith(String... headers) {
        List<String> all = new ArrayList<>(REQUIRED);
        all.addAll(List.of(headers));
        return parse(all);
    }

    @Test
    void readsRequiredHeaders() {
        Chart chart = parseWith();
        assertThat(chart.name()).isEqualTo("example");
        assertThat(chart.title()).isEqualTo("Stage types");
        assertThat(chart.question()).isEqualTo("Which stages do pipelines use?");
        assertThat(chart.section()).isEqualTo("Usage");
        assertThat(chart.numbers()).containsExactly(PublishedNumber.INSTANCES, PublishedNumber.REGULAR);
        assertThat(chart.period()).isEqualTo(ChartPeriod.MONTH);
        assertThat(chart.view()).isEqualTo(Chart.View.BARS);
        assertThat(chart.order()).isEqualTo(Chart.Order.VALUE);
        assertThat(chart.labels()).isEqualTo(Chart.Labels.OVERLAPPING);
        assertThat(chart.sql()).endsWith(SQL);
    }

    @Test
    void leavesOptionalHeadersNull() {
        Chart chart = parseWith();
        assertThat(chart.explanations()).isEmpty();
        assertThat(chart.feature()).isNull();
        assertThat(chart.unreportable()).isEmpty();
        assertThat(chart.annotations()).isEmpty();
        assertThat(chart.tile()).isNull();
        assertThat(chart.tileValue()).isNull();
    }

    @Test
    void readsOptionalHeaders() {
        Chart chart = parseWith(
                "explain: UNKNOWN means that there is no type.",
                "explain: (own) means: a plugin (or several).",
                "feature: stage type",
                "unreportable: trigger",
                "annotation: 2026-09 Versions are reported: finally.",
                "tile: Most used stage type",
                "tile-value: top");
        assertThat(chart.explanations())
                .containsExactly(
                        Map.entry(
                                "UNKNOWN",
                                "UNKNOWN means that there is no type. UNKNOWN also stands for cron, jenkins, pipeline, "
                                        + "concourse, helm, plugin, travis, nexus and cdevents, which Spinnaker cannot "
                                        + "report."),
                        Map.entry("(own)", "(own) means: a plugin (or several)."));
        assertThat(chart.feature()).isEqualTo("stage type");
        assertThat(chart.unreportable()).contains(new Unreportable("cron", "UNKNOWN"));
        assertThat(chart.annotations())
                .containsExactly(new Annotation(YearMonth.of(2026, 9), "Versions are reported: finally."));
        assertThat(chart.tile()).isEqualTo("Most used stage type");
        assertThat(chart.tileValue()).isEqualTo(Chart.TileValue.TOP);
    }

    @Test
    void rejectsMissingHeader() {
        for (String header : REQUIRED) {
            List<String> others = new ArrayList<>(REQUIRED);
            others.remove(header);
            String key = header.substring(0, header.indexOf(':'));
            assertThatThrownBy(() -> parse(others))
                    .hasMessage("charts/example.sql lacks the header \"%s\"; add a line -- %s: … at its top", key, key);
        }
        assertThatThrownBy(() -> parseWith("tile: Most used stage type"))
                .hasMessageContaining("lacks the header \"tile-value\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"veiw: trend", "tile-value: top"})
    void rejectsUnknownHeader(String header) {
        assertThatThrownBy(() -> parseWith(header))
                .hasMessage("charts/example.sql has unknown headers: " + header.substring(0, header.indexOf(':')));
    }

    @Test
    void rejectsUnknownNumber() {
        List<String> headers = new ArrayList<>(REQUIRED);
        headers.set(REQUIRED.indexOf("numbers: instances, regular"), "numbers: instances, runs");
        assertThatThrownBy(() -> parse(headers))
                .hasMessage("charts/example.sql has the header \"numbers: runs\"; expected one of"
                        + " [instances, regular, failing, share]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotation: 2026-13 Wrong.", "annotation: Wrong", "unreportable: stages"})
    void rejectsInvalidHeader(String header) {
        assertThatThrownBy(() -> parseWith(header))
                .hasMessageStartingWith("charts/example.sql has the header \"" + header);
    }

    @Test
    void rejectsUnknownValue() {
        List<String> headers = new ArrayList<>(REQUIRED);
        headers.set(REQUIRED.indexOf("view: bars"), "view: pie");
        assertThatThrownBy(() -> parse(headers))
                .hasMessage("charts/example.sql has the header \"view: pie\"; expected one of [bars, trend, age]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No type.", "none) means: no type.", "(none means: no type."})
    void rejectsExplanationOfNoLabel(String sentence) {
        assertThatThrownBy(() -> parseWith("explain: " + sentence))
                .hasMessage("charts/example.sql has the header \"explain: " + sentence
                        + "\"; begin it with a label such as (own)");
    }

    @Test
    void rejectsDuplicateHeader() {
        assertThatThrownBy(() -> parseWith("title: Stages"))
                .hasMessage("charts/example.sql has the header \"title\" twice");
    }

    @Test
    void rejectsOtherViewsThanTrendsOfDailyNumbers() {
        List<String> headers = new ArrayList<>(REQUIRED);
        headers.set(REQUIRED.indexOf("period: month"), "period: day");
        assertThatThrownBy(() -> parse(headers)).hasMessageContaining("daily numbers have a trend only");
    }

    @Test
    void readsNoHeadersBelowTheFirstOtherLine() {
        List<String> headers = new ArrayList<>(REQUIRED);
        headers.add("A comment about the query.");
        headers.add("note: this is a comment, too");
        assertThat(parse(headers).title()).isEqualTo("Stage types");
    }
}
