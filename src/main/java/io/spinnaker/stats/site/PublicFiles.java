package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.DrawFailure;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.pictures.Pictures;
import io.spinnaker.stats.pictures.Theme;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All public files. Computed from what the dashboard has drawn; nothing here reads an event. */
@Singleton
public final class PublicFiles {

    /** The feed links to these reports. Those of earlier months stay in the bucket as they are. */
    private static final int WRITTEN_REPORTS = History.MONTHS_OF_CHANGES;

    private final Dashboard dashboard;

    /** The numbers at the last request of a single file; the map has the files that have been computed from them since, by name. */
    private @Nullable History latest;

    private final Map<String, ChartFile> computed = new HashMap<>();

    /** Creates the files; computes nothing. */
    public PublicFiles(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * The files of a day.
     *
     * @param files in the order in which they are to be written: {@code index.json} last
     * @param failures the files that could not be computed; all others are there
     */
    public record Computed(List<ChartFile> files, List<DrawFailure> failures) {}

    /** Computes every file. Blocks. */
    public Computed files(LocalDate asOf) {
        Published published = dashboard.published(asOf);
        History history = new History(published);
        List<LocalDate> months = history.months();
        List<LocalDate> written = months.subList(Math.max(0, months.size() - WRITTEN_REPORTS), months.size());
        return compute(Dashboard.files(published), derived(history, written));
    }

    /** Puts the derived files before the last one. A failed computation does not affect the others. */
    static Computed compute(List<ChartFile> ofCharts, Map<String, Supplier<List<ChartFile>>> derived) {
        List<ChartFile> files = new ArrayList<>(ofCharts.subList(0, ofCharts.size() - 1));
        List<DrawFailure> failures = new ArrayList<>();
        derived.forEach((subject, computation) -> {
            try {
                files.addAll(computation.get());
            } catch (RuntimeException e) {
                failures.add(new DrawFailure("files=" + subject, e));
            }
        });
        files.add(ofCharts.getLast());
        return new Computed(files, failures);
    }

    /**
     * The computations of the files that are derived from the charts, in order, by subject.
     *
     * @param reported the months of the reports
     */
    private static Map<String, Supplier<List<ChartFile>>> derived(History history, List<LocalDate> reported) {
        Published published = history.published();
        Map<String, Supplier<List<ChartFile>>> derived = new LinkedHashMap<>();
        for (ChartData data : published.charts()) {
            derived.put(data.chart().name() + ".svg", () -> pictures(data, published));
        }
        derived.put("features", () -> FeatureFiles.files(published, history.allFeatures()));
        for (LocalDate month : reported) {
            derived.put("report-" + YearMonth.from(month), () -> report(history, month));
        }
        derived.put("changes", () -> List.of(Feed.of(history)));
        derived.put("badges", () -> Badges.of(published));
        derived.put("summary", () -> List.of(Summary.of(history)));
        return derived;
    }

    /** Computes one file; empty if there is none with that name. Computes it again only if something else is published. Blocks. */
    public synchronized Optional<ChartFile> file(String name, LocalDate asOf) {
        if (!ChartFile.isName(name)) {
            return Optional.empty();
        }
        ChartFile ofChart = dashboard.file(name, asOf);
        if (ofChart != null) {
            return Optional.of(ofChart);
        }
        Published published = dashboard.published(asOf);
        if (latest == null || !latest.published().equals(published)) {
            latest = new History(published);
            computed.clear();
        }
        ChartFile known = computed.get(name);
        if (known == null) {
            derived(latest, latest.months())
                    .getOrDefault(subjectOf(name), List::of)
                    .get()
                    .forEach(file -> computed.put(file.name(), file));
            known = computed.get(name);
        }
        return Optional.ofNullable(known);
    }

    /** The computation that makes the file. */
    private static String subjectOf(String name) {
        if (name.endsWith(".svg")) {
            return name.replace("-dark.svg", ".svg");
        }
        if (name.startsWith("badge-")) {
            return "badges";
        }
        return name.equals(ChartFile.CANDIDATES) ? "features" : name.substring(0, name.lastIndexOf('.'));
    }

    private static List<ChartFile> report(History history, LocalDate month) {
        return Reports.of(history, month).map(ReportFiles::of).orElse(List.of());
    }

    private static List<ChartFile> pictures(ChartData data, Published published) {
        return List.of(picture(data, published, Theme.LIGHT), picture(data, published, Theme.DARK));
    }

    private static ChartFile picture(ChartData data, Published published, Theme theme) {
        return FileFormats.text(
                ChartFile.pictureName(data.chart(), theme == Theme.DARK),
                Pictures.standalone(data, theme, published.options()));
    }
}
