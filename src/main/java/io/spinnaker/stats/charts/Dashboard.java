package io.spinnaker.stats.charts;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the public charts from the events. Days are in UTC; {@code asOf} is the last complete day. Every method blocks,
 * and throws {@link QueryFailedException} if the database fails.
 */
public final class Dashboard {

    /** The ids of invented instances begin with it, and only these: "demo" in ASCII, four times. */
    public static final String DEMO_ID_PREFIX = "64656d6f".repeat(4);

    /** Earlier than any event. */
    private static final LocalDate EARLIEST = LocalDate.EPOCH;

    private final Options options;
    private final RollUp rollUp;
    private final ChartTable chartTable;
    private final PublicationCheck check;
    private final Salts salts;

    /**
     * The options that the numbers depend on.
     *
     * @param threshold fewest instances that a published number may stand for; at least 2
     * @param noise whether numbers have noise
     * @param checked whether a month that looks invented is held until an owner releases it
     * @param retentionDays days for which events are kept; null if without limit
     * @param licence the licence of the public files
     * @param contact the address for requests in private; null if there is none
     * @param demo tells whether the events are invented; null if they cannot be
     */
    public record Options(
            int threshold,
            boolean noise,
            boolean checked,
            @Nullable Integer retentionDays,
            Licence licence,
            @Nullable String contact,
            @Nullable BooleanSupplier demo) {

        /** Throws {@link ConfigurationException} if the threshold is out of range: one instance alone would be visible. */
        public Options {
            if (threshold < 2) {
                throw new ConfigurationException("stats.charts.threshold is out of range; expected 2 or more");
            }
        }

        /** Whether the events are invented, as every file that can be quoted alone must say. */
        public boolean isDemo() {
            return demo != null && demo.getAsBoolean();
        }
    }

    /**
     * A licence.
     *
     * @param name its SPDX identifier
     * @param url the address of its text
     */
    public record Licence(String name, String url) {}

    /** Creates the dashboard; runs no query. */
    public Dashboard(SqlEngine sqlEngine, Options options) {
        SqlTemplates templates = new SqlTemplates(sqlEngine, options.threshold(), options.noise());
        this.options = options;
        this.rollUp = new RollUp(sqlEngine, templates);
        this.chartTable = new ChartTable(sqlEngine, templates);
        this.check = new PublicationCheck(sqlEngine, templates, options.threshold());
        this.salts = new Salts(sqlEngine);
    }

    /**
     * Updates the daily tables with the events up to the end of the day, and draws the periods that are due. Idempotent: a
     * repeated call changes nothing, and a call after a failed one completes it. Concurrent calls wait for each other.
     *
     * @param released months that are drawn although they look invented, or although a day could not be rolled up
     * @return what could not be drawn; the next call tries again
     */
    public synchronized List<DrawFailure> update(LocalDate asOf, Set<YearMonth> released) {
        Map<String, LocalDate> lastDrawn = chartTable.lastDrawn();
        SortedMap<LocalDate, QueryFailedException> failedDays =
                rollUp.rollUp(rollUp.changedDays(new DateRange(firstOpenDay(asOf, lastDrawn), asOf)));
        List<DrawFailure> failures = new ArrayList<>();
        failedDays.forEach((day, cause) -> failures.add(new DrawFailure("day=" + day, cause)));
        DateRange known = rollUp.days();
        if (known != null) {
            salts.ensure(new DateRange(known.first(), asOf));
            LocalDate firstFailed = failedDays.keySet().stream()
                    .filter(day -> !released.contains(YearMonth.from(day)))
                    .findFirst()
                    .map(ChartPeriod.MONTH::begin)
                    .orElse(LocalDate.MAX);
            Optional<MonthHeldException> held = heldMonth(asOf, lastDrawn, known.first(), firstFailed, released);
            held.ifPresent(cause -> failures.add(new DrawFailure("month=" + cause.month(), cause)));
            LocalDate firstBlocked = held.map(cause -> cause.month().atDay(1)).orElse(firstFailed);
            failures.addAll(chartTable.drawDue(asOf, lastDrawn, known.first(), firstBlocked));
        }
        return failures;
    }

    /** The first day whose events can still change a number that is not frozen, and are not about to expire. */
    private LocalDate firstOpenDay(LocalDate asOf, Map<String, LocalDate> lastDrawn) {
        LocalDate open = months(lastDrawn)
                .min(Comparator.naturalOrder())
                .map(last -> ChartPeriod.MONTH.plus(last, 1))
                .orElse(EARLIEST);
        LocalDate kept = options.retentionDays() == null ? EARLIEST : asOf.minusDays(options.retentionDays() - 2L);
        return open.isAfter(kept) ? open : kept;
    }

    /** The first day of the last drawn month of each monthly chart. */
    private static Stream<LocalDate> months(Map<String, LocalDate> lastDrawn) {
        return Charts.of(ChartPeriod.MONTH).stream()
                .map(chart -> lastDrawn.get(chart.name()))
                .filter(last -> last != null);
    }

    /** The first due month that is held, if any. A month that one chart has drawn is not held for another. */
    private Optional<MonthHeldException> heldMonth(
            LocalDate asOf,
            Map<String, LocalDate> lastDrawn,
            LocalDate firstKnown,
            LocalDate firstFailed,
            Set<YearMonth> released) {
        LocalDate first = months(lastDrawn)
                .max(Comparator.naturalOrder())
                .map(drawn -> ChartPeriod.MONTH.plus(drawn, 1))
                .orElse(ChartPeriod.MONTH.begin(firstKnown));
        LocalDate last = ChartPeriod.MONTH.lastDrawn(asOf);
        if (!options.checked() || first.isAfter(last)) {
            return Optional.empty();
        }
        return first.datesUntil(last.plusDays(1), Period.ofMonths(1))
                .filter(month -> month.isBefore(firstFailed))
                .map(YearMonth::from)
                .filter(month -> !released.contains(month))
                .flatMap(month -> check.reasonToHold(month).stream())
                .findFirst();
    }

    /**
     * Draws a month and its days again, in each chart that has drawn them, from the events that are there now. A deliberate act of
     * an owner.
     *
     * @param asOf the last complete day
     * @throws RedrawRefusedException if the month is not drawn yet, or its first events have expired
     */
    public synchronized void redraw(YearMonth month, LocalDate asOf) {
        DateRange days = new DateRange(month.atDay(1), month.atEndOfMonth());
        if (options.retentionDays() != null && days.first().isBefore(asOf.minusDays(options.retentionDays()))) {
            throw new RedrawRefusedException(month + " cannot be drawn again: events of it have expired");
        }
        rollUp.rollUp(rollUp.changedDays(days)).values().stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
        chartTable.redraw(days);
    }

    /** Forgets everything that was drawn, so that the next update draws all of it. Only for invented events. */
    public synchronized void clear() {
        chartTable.clear();
    }

    /** Reads everything that is drawn and published at the end of the day. */
    public Published published(LocalDate asOf) {
        Status status = status(asOf);
        return new Published(status, options, data(Charts.all(), asOf, status));
    }

    /** Computes every file from what is drawn: each chart's JSON and CSV, the archive, and the index last. */
    public List<ChartFile> files(LocalDate asOf) {
        return files(published(asOf));
    }

    /** Computes the files of all charts, as above. */
    public static List<ChartFile> files(Published published) {
        Options options = published.options();
        List<ChartFile> files = new ArrayList<>();
        List<ChartFile> archived = new ArrayList<>();
        for (ChartData data : published.charts()) {
            files.add(ChartFileWriter.json(data, options));
            archived.add(ChartFileWriter.csv(data));
        }
        files.addAll(archived);
        ChartFile index = ChartFileWriter.index(published.status(), options);
        archived.add(index);
        files.add(ChartFileWriter.archive(archived));
        files.add(index);
        return files;
    }

    /** Computes one file; null if there is none with that name. */
    public @Nullable ChartFile file(String name, LocalDate asOf) {
        for (Chart chart : Charts.all()) {
            boolean isJson = name.equals(ChartFile.jsonName(chart));
            if (isJson || name.equals(ChartFile.csvName(chart))) {
                ChartData data = data(List.of(chart), asOf, status(asOf)).getFirst();
                return isJson ? ChartFileWriter.json(data, options) : ChartFileWriter.csv(data);
            }
        }
        return switch (name) {
            case ChartFile.INDEX -> ChartFileWriter.index(status(asOf), options);
            case ChartFile.ARCHIVE ->
                files(asOf).stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElseThrow();
            default -> null;
        };
    }

    private List<ChartData> data(List<Chart> charts, LocalDate asOf, Status status) {
        Map<String, List<ChartPoint>> points =
                chartTable.points(charts, asOf).stream().collect(Collectors.groupingBy(ChartPoint::chart));
        Map<String, List<DrawnPeriod>> periods =
                chartTable.periods(charts, asOf).stream().collect(Collectors.groupingBy(DrawnPeriod::chart));
        return charts.stream()
                .map(chart -> new ChartData(
                        chart,
                        status,
                        periods.getOrDefault(chart.name(), List.of()),
                        points.getOrDefault(chart.name(), List.of())))
                .toList();
    }

    private Status status(LocalDate asOf) {
        DateRange known = rollUp.days();
        return known == null || known.first().isAfter(asOf) ? new Status(null, null) : new Status(asOf, known.last());
    }

    /**
     * How current the numbers are.
     *
     * @param asOf the last complete day; null if no event has been rolled up yet
     * @param lastEventDay the last day with an event; null as above
     */
    public record Status(@Nullable LocalDate asOf, @Nullable LocalDate lastEventDay) {}

    /**
     * Everything that is public at the end of a day. Each public file is computed from it.
     *
     * @param charts all charts, in the order of the page
     */
    public record Published(Status status, Options options, List<ChartData> charts) {}
}
