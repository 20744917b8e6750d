package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes a badge for each feature that was ever reported, in the format of the endpoint badge of shields.io. A feature that is
 * no longer reported keeps its badge, because an old number would otherwise stay in the bucket.
 */
final class Badges {

    /** Badges say nothing about a month that is longer ago. */
    private static final int MAX_AGE_MONTHS = 3;

    private Badges() {}

    static List<ChartFile> of(Published published) {
        boolean isDemo = published.options().isDemo(); // asks the database
        return published.charts().stream()
                .filter(data -> data.chart().feature() != null)
                .map(data -> badges(data, published, isDemo))
                .flatMap(Collection::stream)
                .toList();
    }

    /** The badges of names of the lists; a name that is not in them has none. */
    private static Collection<ChartFile> badges(ChartData data, Published published, boolean isDemo) {
        TreeMap<String, ChartFile> badges = new TreeMap<>();
        for (String label : data.labels()) {
            String name = ChartFile.badgeName(data.chart(), label);
            if (ChartFile.isName(name) && Format.isValue(label)) {
                badges.put(
                        name,
                        isDemo ? badge(name, label, "demo data", "lightgrey") : badge(name, data, label, published));
            }
        }
        return badges.values();
    }

    private static ChartFile badge(String name, ChartData data, String label, Published published) {
        LocalDate asOf = published.status().asOf();
        LocalDate month = data.lastPeriod()
                .filter(last -> asOf != null
                        && !last.plusMonths(MAX_AGE_MONTHS)
                                .isBefore(data.chart().period().lastDrawn(asOf)))
                .orElse(null);
        Long total = month == null ? null : data.total(month);
        if (month == null || total == null) {
            return badge(name, label, "no data", "lightgrey");
        }
        Long instances =
                data.numbers(label, PublishedNumber.INSTANCES, List.of(month)).getFirst();
        return instances == null
                ? badge(
                        name,
                        label,
                        "fewer than %d instances".formatted(published.options().threshold()),
                        "lightgrey")
                : badge(name, label, Comparison.percent(instances, total) + " of instances", "blue");
    }

    private static ChartFile badge(String name, String label, String message, String color) {
        return FileFormats.json(name, out -> {
            out.writeNumberField("schemaVersion", 1);
            out.writeStringField("label", Format.printable(label));
            out.writeStringField("message", message);
            out.writeStringField("color", color);
        });
    }
}
