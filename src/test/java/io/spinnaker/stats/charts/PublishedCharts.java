package io.spinnaker.stats.charts;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The published files, parsed for tests. */
public final class PublishedCharts {

    static final int THRESHOLD = 5;

    private PublishedCharts() {}

    /** Options with noise, as in production, but without the check of months. */
    public static Options options() {
        return new Options(THRESHOLD, true, false, null, licence(), null, null);
    }

    /** Options without noise, for numbers that a test can count. */
    public static Options exact() {
        return new Options(THRESHOLD, false, false, null, licence(), null, null);
    }

    static Licence licence() {
        return new Licence("CDLA-Permissive-2.0", "https://cdla.dev/permissive-2-0/");
    }

    static Dashboard dashboard(SqlEngine sqlEngine) {
        return new Dashboard(sqlEngine, exact());
    }

    /** The files by name, without noise, for the given events in empty storage. */
    static Map<String, String> files(List<JsonNode> events, LocalDate asOf) {
        return files(events, asOf, exact());
    }

    /** The files by name for the given events in empty storage. The salt is always the same. */
    static Map<String, String> files(List<JsonNode> events, LocalDate asOf, Options options) {
        try (TestStorage storage = TestStorage.duckDb()) {
            setSalt(storage, "salt");
            return files(storage, events, asOf, options);
        }
    }

    /** The files by name, without noise, after the events are replaced by the given ones. */
    static Map<String, String> files(TestStorage storage, List<JsonNode> events, LocalDate asOf) {
        return files(storage, events, asOf, exact());
    }

    static Map<String, String> files(TestStorage storage, List<JsonNode> events, LocalDate asOf, Options options) {
        storage.setEvents(events);
        Dashboard dashboard = new Dashboard(storage.sqlEngine(), options);
        List<DrawFailure> failures = dashboard.update(asOf, Set.of());
        if (!failures.isEmpty()) {
            throw new AssertionError(failures);
        }
        return texts(dashboard.files(asOf));
    }

    /** Sets the secret that decides the noise. */
    static void setSalt(TestStorage storage, String salt) {
        storage.sqlEngine().replace(DerivedTable.SALTS, "TRUE", "SELECT 'cell-key' AS name, '" + salt + "' AS salt");
    }

    /** The text files by name. */
    static Map<String, String> texts(List<ChartFile> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        files.stream()
                .filter(file -> !file.name().equals(ChartFile.ARCHIVE))
                .forEach(file -> texts.put(file.name(), new String(file.content(), StandardCharsets.UTF_8)));
        return texts;
    }

    /**
     * The rows of a chart as text such as {@code "2026-10-01 deploy 10 5 null"}: period, label, and the numbers that the chart
     * has, in the order instances, regular, failing, share.
     */
    static List<String> rows(Map<String, String> files, String chart) {
        return nodes(files, chart, "rows")
                .map(row -> "%s %s %s"
                        .formatted(
                                row.path("period").asText(),
                                row.path("label").asText(),
                                Stream.of("instances", "regular", "failing", "share")
                                        .filter(row::has)
                                        .map(number -> row.path(number).toString())
                                        .collect(Collectors.joining(" "))))
                .toList();
    }

    /** The periods of a chart as text such as {@code "2026-10-01 10 31/31"}: period, instances, days with data. */
    static List<String> periods(Map<String, String> files, String chart) {
        return nodes(files, chart, "periods")
                .map(period -> "%s %s %s/%s"
                        .formatted(
                                period.path("period").asText(),
                                period.path("instances"),
                                period.path("daysWithData"),
                                period.path("days")))
                .toList();
    }

    static Stream<JsonNode> nodes(Map<String, String> files, String chart, String array) {
        String file = Objects.requireNonNull(files.get(chart + ".json"), chart);
        return StreamSupport.stream(Json.parse(file).path(array).spliterator(), false);
    }
}
