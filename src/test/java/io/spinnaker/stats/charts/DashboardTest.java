package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.TestStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public files: their names and formats, which others read. */
class DashboardTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final TestStorage storage = TestStorage.duckDb();
    private final Dashboard dashboard = new Dashboard(storage.sqlEngine(), PublishedCharts.options());

    @AfterEach
    void close() {
        storage.close();
    }

    /**
     * Compares files byte by byte with those in the folder {@code golden}. If a difference is intended, read
     * docs/api.md about changes of the format, and copy the file from {@code target/golden}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"index.json", "stage-types.json", "triggers.csv", "versions.json", "instances-per-day.csv"})
    void writesTheFormatThatOthersRead(String name) throws IOException {
        update();
        ChartFile file = Objects.requireNonNull(dashboard.file(name, AS_OF));
        Path actual = Files.createDirectories(Path.of("target/golden")).resolve(name);
        Files.write(actual, file.content());
        assertThat(actual).hasSameBinaryContentAs(Path.of("src/test/resources/charts/golden", name));
    }

    /** The contract that docs/api.md names. */
    @Test
    void followsTheJsonSchema() throws IOException {
        update();
        JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        Path folder = Path.of("src/main/resources/page/schema");
        JsonSchema index = schemas.getSchema(Files.readString(folder.resolve("index.schema.json")));
        JsonSchema chart = schemas.getSchema(Files.readString(folder.resolve("chart.schema.json")));
        for (ChartFile file : dashboard.files(AS_OF)) {
            if (file.name().endsWith(".json")) {
                JsonSchema schema = file.name().equals(ChartFile.INDEX) ? index : chart;
                assertThat(schema.validate(new String(file.content(), StandardCharsets.UTF_8), InputFormat.JSON))
                        .as(file.name())
                        .isEmpty();
            }
        }
    }

    private void update() {
        PublishedCharts.setSalt(storage, "salt");
        storage.setEvents(SampleCommunity.events());
        assertThat(dashboard.update(AS_OF, Set.of())).isEmpty();
    }

    @Test
    void hasNeitherDayNorRowsWithoutEvents() {
        dashboard.update(AS_OF, Set.of());
        assertThat(text("versions.json"))
                .startsWith("{\"schemaVersion\":1,\"asOf\":null,\"lastEventDay\":null,")
                .endsWith("\"from\":null,\"to\":null,\"periods\":[],\"rows\":[]}");
        assertThat(text("versions.csv").lines()).hasSize(1);
    }

    @Test
    void writesTheIndexOfAllChartsLast() {
        Dashboard demo = new Dashboard(
                storage.sqlEngine(),
                new Options(7, false, false, 730, PublishedCharts.licence(), "privacy@example.org", () -> true));
        ChartFile index = demo.files(AS_OF).getLast();
        assertThat(index.name()).isEqualTo("index.json");
        assertThat(new String(index.content(), StandardCharsets.UTF_8)).startsWith("""
                {"schemaVersion":1,"asOf":null,"lastEventDay":null,"threshold":7,"noise":false,"dev":false,"demo":true,\
                "retentionDays":730,"contact":"privacy@example.org","licence":{"name":"CDLA-Permissive-2.0","url":"https://cdla.dev/permissive-2-0/"},\
                "charts":[{"name":"stage-types","title":"Stage types",""");
        assertThat(text("index.json")).contains("\"demo\":false,\"retentionDays\":null");
    }

    @Test
    void archivesEveryCsvFileAndTheIndex() throws IOException {
        update();
        ChartFile archive = Objects.requireNonNull(dashboard.file("all.zip", AS_OF));
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.content()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(entries).hasSize(Charts.all().size() + 1);
        entries.forEach((name, text) -> assertThat(text).as(name).isEqualTo(text(name)));
    }

    @Test
    void writesTheSameBytesForASingleFile() {
        update();
        for (ChartFile file : dashboard.files(AS_OF)) {
            assertThat(Objects.requireNonNull(dashboard.file(file.name(), AS_OF))
                            .content())
                    .as(file.name())
                    .isEqualTo(file.content());
            assertThat(ChartFile.isName(file.name())).isTrue();
        }
        assertThat(dashboard.file("no-such-chart.json", AS_OF)).isNull();
        assertThat(dashboard.file("versions.xml", AS_OF)).isNull();
    }

    private String text(String name) {
        ChartFile file = Objects.requireNonNull(dashboard.file(name, AS_OF));
        return new String(file.content(), StandardCharsets.UTF_8);
    }
}
