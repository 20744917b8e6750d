package io.spinnaker.stats.charts;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The published files, parsed for tests. */
final class PublishedCharts {

    static final int THRESHOLD = 5;

    private PublishedCharts() {}

    static Dashboard dashboard(SqlEngine sqlEngine) {
        return new Dashboard(sqlEngine, new Options(THRESHOLD, Options.DEFAULT_LOOKBACK_DAYS, null, null));
    }

    /** The files by name for the given events in empty storage. */
    static Map<String, String> files(List<JsonNode> events, LocalDate asOf) {
        try (TestStorage storage = TestStorage.duckDb()) {
            return files(storage, events, asOf);
        }
    }

    /** The files by name after the events are replaced by the given ones. */
    static Map<String, String> files(TestStorage storage, List<JsonNode> events, LocalDate asOf) {
        storage.setEvents(events);
        Dashboard dashboard = dashboard(storage.sqlEngine());
        dashboard.rollUp(asOf);
        return texts(dashboard.files(asOf));
    }

    static Map<String, String> texts(List<ChartFile> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach(file -> texts.put(file.name(), new String(file.content(), StandardCharsets.UTF_8)));
        return texts;
    }

    /** The rows of a chart as text such as {@code "2026-10 deploy 10 120 5"}: period, label, instances, count, part. */
    static List<String> rows(Map<String, String> files, String chart) {
        String file = Objects.requireNonNull(files.get(chart + ".json"), chart);
        return StreamSupport.stream(Json.parse(file).path("rows").spliterator(), false)
                .map(row -> "%s %s %s %s %s"
                        .formatted(
                                row.path("period").asText(),
                                row.path("label").asText(),
                                row.path("instances"),
                                row.path("count"),
                                row.path("part")))
                .toList();
    }
}
