package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart.TileValue;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.charts.DrawnPeriod;
import io.spinnaker.stats.verdict.Feature;
import io.spinnaker.stats.verdict.Features;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The published numbers as they were when a month was the last one. All sentences about a month are computed from these, so that
 * later months do not change them. Months are first days. Not thread-safe.
 */
final class History {

    /** The day on which a month is published, in the next month. The day before is the last one that its files cover. */
    static final int DAY_OF_PUBLICATION = 5;

    /** The last months whose changes the feed lists. */
    static final int MONTHS_OF_CHANGES = 12;

    /** A verdict is a change if none of this number of months before had it; it could otherwise come and go with the noise. */
    static final int MONTHS_BETWEEN_CHANGES = 3;

    /**
     * The months that a view has. Files have 36, so this is the most that every view needed for the feed has. A fixed number,
     * because a verdict on an old month would otherwise change when the first months are no longer published.
     */
    static final int MONTHS_OF_VIEW = 36 - (MONTHS_OF_CHANGES - 1) - MONTHS_BETWEEN_CHANGES;

    private final Published published;
    private final Map<LocalDate, Published> views = new HashMap<>();
    private final Map<LocalDate, List<Feature>> features = new HashMap<>();
    private @Nullable List<Feature> all;

    /** Creates the history; computes nothing. */
    History(Published published) {
        this.published = published;
    }

    Published published() {
        return published;
    }

    /** The chart of all instances. */
    static ChartData instances(Published published) {
        return published.charts().stream()
                .filter(data -> data.chart().tileValue() == TileValue.INSTANCES)
                .findFirst()
                .orElseThrow();
    }

    /** The drawn months, oldest first. */
    List<LocalDate> months() {
        return instances(published).periods().stream().map(DrawnPeriod::period).toList();
    }

    /** The last drawn month whose data is complete. */
    Optional<LocalDate> lastComplete() {
        return instances(published).lastPeriod();
    }

    boolean isComplete(LocalDate month) {
        return instances(published).total(month) != null;
    }

    /** The published numbers as they were when the month was the last one. */
    Published at(LocalDate month) {
        return views.computeIfAbsent(month, key -> until(published, key));
    }

    /** The features as they were judged then; none if no month was drawn yet. */
    List<Feature> features(LocalDate month) {
        List<Feature> known = features.get(month);
        if (known == null) {
            known = instances(at(month)).periods().isEmpty() ? List.of() : Features.of(at(month));
            features.put(month, known);
        }
        return known;
    }

    /** The features as they are judged from everything that is published. */
    List<Feature> allFeatures() {
        if (all == null) {
            all = Features.of(published);
        }
        return all;
    }

    /** Removes everything that was published after the month, and what is too long before it. */
    static Published until(Published published, LocalDate month) {
        LocalDate asOf = month.plusMonths(1).withDayOfMonth(DAY_OF_PUBLICATION).minusDays(1);
        LocalDate lastEventDay = published.status().lastEventDay();
        Status status = new Status(asOf, lastEventDay == null || lastEventDay.isAfter(asOf) ? asOf : lastEventDay);
        LocalDate first = ChartPeriod.MONTH.plus(month, 1 - MONTHS_OF_VIEW);
        return new Published(
                status,
                published.options(),
                published.charts().stream()
                        .map(data ->
                                until(data, status, first, data.chart().period().lastDrawn(asOf)))
                        .toList());
    }

    private static ChartData until(ChartData data, Status status, LocalDate first, LocalDate last) {
        return new ChartData(
                data.chart(),
                status,
                data.periods().stream()
                        .filter(period -> isBetween(period.period(), first, last))
                        .toList(),
                data.points().stream()
                        .filter(point -> isBetween(point.period(), first, last))
                        .toList());
    }

    private static boolean isBetween(LocalDate period, LocalDate first, LocalDate last) {
        return !period.isBefore(first) && !period.isAfter(last);
    }
}
