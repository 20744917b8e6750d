package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can make a file larger than the service serves. */
class FileSizeTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final int MAX_BYTES = Limits.DOWNLOADS.maxFileBytes();

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    @Test
    void survivesFifteenEventsWithThousandsOfInventedStageTypes() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 5; instance++) {
            events.add(stages(instance, "deploy").at("2026-10-05T12:00:00Z"));
            events.add(stages(5 + instance, "deploy").at("2026-10-05T12:00:00Z"));
            for (int post = 0; post < 3; post++) {
                String prefix = "x".repeat(200) + post + "-";
                events.add(
                        stages(instance, inventedTypes(prefix, 1_500)).at("2026-10-0%dT12:01:00Z".formatted(5 + post)));
                events.add(stages(instance, inventedTypes("invented-" + post + "-", 1_500))
                        .at("2026-10-0%dT12:02:00Z".formatted(5 + post)));
            }
        }
        Map<String, String> files = PublishedCharts.files(events, AS_OF);
        assertThat(files.values())
                .allSatisfy(file ->
                        assertThat(file.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES / 36));
        assertThat(PublishedCharts.rows(files, "stage-types"))
                .hasSize(ChartFile.MAX_LABELS + 1)
                .contains("2026-10-01 deploy 10 10 0", "2026-10-01 (other) 5 44200 0");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void keepsTheLabelsThatMostInstancesHave(Supplier<TestStorage> engine) {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 10; instance++) {
            String[] types = instance < 5 ? inventedTypes("a", ChartFile.MAX_LABELS) : new String[0];
            events.add(stages(instance, types).stage("z", "SUCCEEDED").at("2026-10-05T12:00:00Z"));
        }
        try (TestStorage storage = engine.get()) {
            List<String> rows = PublishedCharts.rows(PublishedCharts.files(storage, events, AS_OF), "stage-types");
            assertThat(rows)
                    .hasSize(ChartFile.MAX_LABELS + 1)
                    .startsWith("2026-10-01 (other) 5 5 0", "2026-10-01 a000 5 5 0")
                    .endsWith("2026-10-01 a148 5 5 0", "2026-10-01 z 10 10 0");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void groupsVeryLongLabels(Supplier<TestStorage> engine) {
        String longest = "🚀".repeat(ChartFile.MAX_LABEL_LENGTH);
        List<JsonNode> events = IntStream.range(0, 5)
                .mapToObj(instance -> stages(instance, longest, longest + "!").at("2026-10-05T12:00:00Z"))
                .toList();
        try (TestStorage storage = engine.get()) {
            assertThat(PublishedCharts.rows(PublishedCharts.files(storage, events, AS_OF), "stage-types"))
                    .containsExactly("2026-10-01 (other) 5 5 0", "2026-10-01 " + longest + " 5 5 0");
        }
    }

    /** A file with as many months and labels as there can be, each as long as it can be. */
    @ParameterizedTest
    @ValueSource(strings = {"🚀", "\"", "\\", "＝", "\u0000"})
    void aFullFileCanBeServed(String character) {
        Chart chart = Charts.all().getFirst();
        String label = character.repeat(ChartFile.MAX_LABEL_LENGTH);
        List<ChartPoint> points = new ArrayList<>();
        LocalDate first = chart.period().firstBegin(AS_OF);
        for (LocalDate month = first;
                month.isBefore(AS_OF);
                month = chart.period().next(month)) {
            for (int i = 0; i <= ChartFile.MAX_LABELS; i++) {
                points.add(new ChartPoint(
                        chart.name(),
                        month,
                        label,
                        99_900_000,
                        999_000_000_000_000L,
                        999_000_000_000_000L,
                        99_900_000));
            }
        }
        Dashboard.Options options = new Dashboard.Options(5, Dashboard.Options.DEFAULT_LOOKBACK_DAYS, null, null);
        assertThat(points).hasSizeGreaterThanOrEqualTo(36 * (ChartFile.MAX_LABELS + 1));
        assertThat(ChartFileWriter.json(chart, AS_OF, points, options).content())
                .hasSizeLessThan(MAX_BYTES);
        assertThat(ChartFileWriter.csv(chart, AS_OF, points).content().length).isLessThan(MAX_BYTES);
    }

    private static EventRows stages(int instance, String... types) {
        EventRows event = EventRows.payload(0).by(instance).execution("PIPELINE", "SUCCEEDED", "MANUAL");
        for (String type : types) {
            event.stage(type, "SUCCEEDED");
        }
        return event;
    }

    private static String[] inventedTypes(String prefix, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "%s%03d".formatted(prefix, i))
                .toArray(String[]::new);
    }
}
