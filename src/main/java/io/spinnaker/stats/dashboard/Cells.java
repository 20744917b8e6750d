package io.spinnaker.stats.dashboard;

import io.spinnaker.stats.warehouse.Analysis;
import io.spinnaker.stats.warehouse.DashboardTable;
import io.spinnaker.stats.warehouse.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The charts' numbers, kept in a table of their own: a chart is drawn again only for the periods whose days have
 * changed. So what a run costs does not grow with history, and history outlives the daily tables and the events.
 */
final class Cells {

    /** In place of those that a query is about, where only the rest of it matters. */
    private static final Span NO_DAYS = new Span(LocalDate.EPOCH, LocalDate.EPOCH);

    private final Analysis analysis;
    private final Queries queries;
    private final boolean forgetful;

    /** With daily tables that may have forgotten the first days of their first month, or that forget nothing. */
    Cells(Analysis analysis, Queries queries, boolean forgetful) {
        this.analysis = analysis;
        this.queries = queries;
        this.forgetful = forgetful;
    }

    /**
     * How far a chart was drawn.
     *
     * @param text which query drew it
     * @param day to here its cells are right
     */
    private record Mark(String text, LocalDate day) {}

    /** Has every chart drawn again from that day on, whatever happens until then: said before the day is changed. */
    void outdate(LocalDate day) {
        String drawn = analysis.table(DashboardTable.DRAWN.tableName());
        analysis.replace(
                DashboardTable.DRAWN,
                "TRUE",
                "SELECT chart, text, LEAST(day, DATE '%s') AS day FROM %s".formatted(day.minusDays(1), drawn));
    }

    /** Draws what is not right yet, of the periods that are over when that day is. */
    void draw(LocalDate asOf, Span known) {
        Map<String, Mark> marks = marks();
        boolean drawn = false;
        for (Chart chart : Charts.all()) {
            String text = Sha256.hex(queries.cells(chart, NO_DAYS).getBytes(StandardCharsets.UTF_8));
            Mark mark = marks.get(chart.name());
            if (mark == null || !mark.text().equals(text) || mark.day().isBefore(asOf)) {
                draw(
                        chart,
                        later(
                                firstToDraw(chart, text, mark, known.first()),
                                chart.period().firstBegin(asOf)),
                        asOf);
                marks.put(chart.name(), new Mark(text, asOf));
                drawn = true;
            }
        }
        if (drawn) {
            keep(marks);
        }
    }

    private LocalDate firstToDraw(Chart chart, String text, @Nullable Mark mark, LocalDate firstKnown) {
        if (mark != null && mark.text().equals(text)) {
            return chart.period().begin(mark.day().plusDays(1));
        }
        LocalDate first = chart.period().begin(firstKnown);
        boolean knownInPart = forgetful && !first.equals(firstKnown);
        return mark != null && knownInPart ? chart.period().next(first) : first;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private void draw(Chart chart, LocalDate from, LocalDate asOf) {
        LocalDate to = chart.period().lastEnd(asOf);
        if (!from.isAfter(to)) {
            Span days = new Span(from, to);
            analysis.replace(DashboardTable.CELLS, condition(chart, days), queries.cells(chart, days));
        }
    }

    /** Which rows of the table are a chart's, of the periods that begin then. */
    private static String condition(Chart chart, Span days) {
        return "chart = '%s' AND %s".formatted(chart.name(), days.condition("period"));
    }

    private Map<String, Mark> marks() {
        Map<String, Mark> marks = new HashMap<>();
        for (Map<String, @Nullable Object> row :
                analysis.query("SELECT chart, text, day FROM " + analysis.table(DashboardTable.DRAWN.tableName()))) {
            marks.put(
                    String.valueOf(row.get("chart")),
                    new Mark(String.valueOf(row.get("text")), LocalDate.parse(String.valueOf(row.get("day")))));
        }
        return marks;
    }

    private void keep(Map<String, Mark> marks) {
        analysis.replace(
                DashboardTable.DRAWN,
                "TRUE",
                marks.entrySet().stream()
                        .map(mark -> "SELECT '%s' AS chart, '%s' AS text, DATE '%s' AS day"
                                .formatted(
                                        mark.getKey(),
                                        mark.getValue().text(),
                                        mark.getValue().day()))
                        .collect(Collectors.joining(" UNION ALL ")));
    }

    /** Of some charts, what is published when that day is over: sorted by chart, period and label. */
    List<Cell> published(List<Chart> charts, LocalDate asOf) {
        String which = charts.stream()
                .map(chart -> "(" + condition(chart, chart.period().published(asOf)) + ")")
                .collect(Collectors.joining(" OR "));
        return analysis
                .query("SELECT chart, period, label, instances, count, part, of_instances FROM "
                        + analysis.table(DashboardTable.CELLS.tableName()) + " WHERE " + which
                        + " ORDER BY chart, period, label")
                .stream()
                .map(Cell::of)
                .toList();
    }
}
