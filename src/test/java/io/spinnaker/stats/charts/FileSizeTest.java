package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.limits.Limits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody can make a file larger than what is written and served. */
class FileSizeTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final int MAX_BYTES = Limits.DOWNLOADS.maxFileBytes();

    @Test
    void inventedStageTypesAreOneLabel() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(10));
        for (int instance = 0; instance < 10; instance++) {
            events.add(stages(instance, "deploy").at("2026-10-05T12:00:00Z"));
            for (int post = 0; instance < 5 && post < 3; post++) {
                String prefix = "x".repeat(200) + post + "-";
                events.add(
                        stages(instance, inventedTypes(prefix, 1_500)).at("2026-10-0%dT12:01:00Z".formatted(5 + post)));
            }
        }
        assertThat(PublishedCharts.rows(PublishedCharts.files(events, AS_OF), "stage-types"))
                .containsExactly("2026-10-01 (own) 5 5 null", "2026-10-01 deploy 10 null null");
    }

    /** A file with every month, every label of the list and the largest numbers. */
    @Test
    void aFullFileCanBeServed() {
        Chart chart = Charts.all().getFirst();
        List<String> labels = new ArrayList<>(AllowLists.stageTypes());
        labels.addAll(List.of("(own)", "(not reported)"));
        List<ChartPoint> points = new ArrayList<>();
        List<DrawnPeriod> periods = new ArrayList<>();
        DateRange published = chart.period().published(AS_OF);
        for (LocalDate month = published.first(); month.isBefore(published.last()); month = month.plusMonths(1)) {
            periods.add(new DrawnPeriod(chart.name(), month, 99_999_999L, 31, 31));
            for (String label : labels) {
                points.add(new ChartPoint(chart.name(), month, label, 99_999_999, 99_999_999L, 99_999_999L, null));
            }
        }
        assertThat(periods).hasSize(36);
        ChartData data = new ChartData(chart, new Status(AS_OF, AS_OF), periods, points);
        assertThat(ChartFileWriter.json(data, PublishedCharts.options()).content())
                .hasSizeBetween(MAX_BYTES / 2, MAX_BYTES);
        assertThat(ChartFileWriter.csv(data).content()).hasSizeLessThan(MAX_BYTES);
    }

    /** Every stage type of the list on each of three releases. */
    @Test
    void stageTypesOfReleasesHaveAtMost150Labels() {
        List<JsonNode> events = new ArrayList<>(EventRows.firstDays(18));
        String[] types = AllowLists.stageTypes().toArray(String[]::new);
        List<String> releases = List.of("2026.0.0", "2026.1.0", "2026.2.0");
        for (int instance = 0; instance < 18; instance++) {
            String release = releases.get(instance % 3);
            // more instances use deploy and wait
            EventRows event = instance < 15 ? stages(instance, types) : stages(instance, "deploy", "wait");
            events.add(event.version(release).at("2026-10-05T12:00:00Z"));
        }
        List<String> rows = PublishedCharts.rows(PublishedCharts.files(events, AS_OF), "stage-types-by-release");
        assertThat(rows)
                .hasSize(150)
                .contains("2026-10-01 deploy on 2026.2 or newer 6", "2026-10-01 wait on 2026.0 or newer 18");
        int bytesPerRow = rows.stream().mapToInt(String::length).max().orElseThrow() + 60; // names and punctuation
        assertThat(36 * 150 * bytesPerRow).isLessThan(MAX_BYTES);
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
