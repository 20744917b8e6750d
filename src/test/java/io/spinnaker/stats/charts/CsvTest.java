package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.storage.TestStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as programs read them: a database takes labels for text, and no spreadsheet takes them for formulas. */
class CsvTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final LocalDate PERIOD = LocalDate.parse("2026-10-01");
    private static final String HEADER =
            "period,label,instances,regular,failing,share_percent,of_instances,days,days_with_data\r\n";

    private static final Pattern SEPARATOR = Pattern.compile("[,;|:\t\r\n ]");

    /** Characters that a spreadsheet can ignore at the beginning of a field. */
    private static final Pattern IGNORED = Pattern.compile("^[\"\\s\\p{Z}\\p{C}\ufffd]+");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "deploy, '\"deploy\"'",
        "'say \"hi\", twice', '\"say \"\"hi\"\", twice\"'",
        "=HYPERLINK(1), '\"''=HYPERLINK(1)\"'",
        "-1+2, '\"''-1+2\"'",
        "x;=1+1;, '\"x;''=1+1;\"'",
        "com.acme.plug-in, '\"com.acme.plug-in\"'",
        "user@host, '\"user@host\"'"
    })
    void quotesEveryLabelAndDefusesFormulas(String label, String field) {
        assertThat(csv(label)).isEqualTo(HEADER + "2026-10-01," + field + ",6,5,,,9,31,30\r\n");
    }

    /** Whatever separates fields for a spreadsheet, no field of a line begins with a character that begins a formula. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "x;=1+1;",
                "x,=1+1",
                "x\t=1+1",
                "x|+1",
                "x:-1",
                "x\r\n=1+1",
                "  =1+1",
                "\u00a0=1+1",
                "\u0000=1+1",
                "\u200b@x",
                "\ufeff=1",
                "x;\"=1+1\"",
                "x;'=1+1",
                "\"=1",
                "==1",
                "＝1+1",
                "x;＋1",
                "－1",
                "＠x",
                "﹦1",
                "x −1"
            })
    void leavesNoFormulaAtTheBeginningOfAField(String label) {
        List<String> fields = SEPARATOR
                .splitAsStream(csv(label))
                .map(field -> Normalizer.normalize(IGNORED.matcher(field).replaceFirst(""), Form.NFKC))
                .toList();
        assertThat(fields).hasSizeGreaterThan(8).noneMatch(field -> field.matches("(?s)[=+\\-@\u2212].*"));
    }

    @Test
    void replacesControlCharacters() {
        assertThat(csv("a\u0000b\tc\r\nd\u007fe\u0085f\u2028g")).contains("\"a�b�c��d�e�f�g\"");
        ChartFile json = ChartFileWriter.json(data("a\u0000b"), PublishedCharts.options());
        assertThat(new String(json.content(), StandardCharsets.UTF_8)).contains("\"label\":\"a�b\"");
    }

    /** No event can bring a new label into a file. */
    @Test
    void mergesALabelThatAnEventInvents() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(5));
        for (int instance = 0; instance < 5; instance++) {
            JsonNode event = EventRows.sent("label-csv-semicolon.json", Instant.parse("2026-10-05T12:00:00Z"));
            events.add(EventRows.of(event).by(instance).at("2026-10-05T12:00:00Z"));
        }
        assertThat(PublishedCharts.files(events, AS_OF).get("stage-types.csv"))
                .isEqualTo(HEADER + "2026-10-01,\"(own)\",5,,,,5,31,1\r\n");
    }

    /** DuckDB's reader guesses types, as pandas does: 1.30 alone would be read as 1.3. */
    @Test
    void labelsOfReleasesAreReadAsText() throws Exception {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(10));
        for (int instance = 0; instance < 10; instance++) {
            events.add(EventRows.payload(0)
                    .by(instance)
                    .version(instance < 5 ? "1.30.1" : "2025.1.2")
                    .at("2026-10-05T12:00:00Z"));
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);
        assertThat(labels(files, "versions")).containsExactly("1.30.x", "2025.1.x");
        assertThat(labels(files, "version-adoption")).containsExactly("1.30 or newer", "2025.1 or newer");
    }

    private List<String> labels(Map<String, String> files, String chart) throws IOException {
        Path file = folder.resolve(chart + ".csv");
        Files.writeString(file, files.get(chart + ".csv"));
        try (TestStorage storage = TestStorage.duckDb()) {
            return storage.sqlEngine().query("SELECT label FROM read_csv('" + file + "') ORDER BY label").stream()
                    .map(row -> String.valueOf(row.get("label")))
                    .toList();
        }
    }

    private static String csv(String label) {
        return new String(ChartFileWriter.csv(data(label)).content(), StandardCharsets.UTF_8);
    }

    private static ChartData data(String label) {
        Chart chart = Charts.all().getFirst();
        return new ChartData(
                chart,
                new Status(AS_OF, AS_OF),
                List.of(new DrawnPeriod(chart.name(), PERIOD, 9L, 31, 30)),
                List.of(new ChartPoint(chart.name(), PERIOD, label, 6, 5L, null, null)));
    }
}
