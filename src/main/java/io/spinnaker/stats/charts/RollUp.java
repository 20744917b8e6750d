package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the daily tables up to date. A day is rolled up when it has another number of rows than it had when that was
 * done last: so what is late, or deleted, heals, and what is done twice is done once.
 */
final class RollUp {

    private static final List<DerivedTable> TABLES = List.of(
            DerivedTable.DAILY_INSTANCES,
            DerivedTable.DAILY_APPLICATIONS,
            DerivedTable.DAILY_EXECUTIONS,
            DerivedTable.DAILY_STAGES);

    /** Rolled up together at most: what one query may read, and be started again for. */
    private static final int MAX_DAYS = 31;

    private static final long MAX_ROWS = 10_000_000;

    /** Before any event of this service's. */
    private static final LocalDate BEGINNING = LocalDate.EPOCH;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;
    private final int lookbackDays;

    /** So many days are looked at, and those since the last that was rolled up. */
    RollUp(SqlEngine sqlEngine, SqlTemplates templates, int lookbackDays) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
        this.lookbackDays = lookbackDays;
    }

    /** The first and the last day that the daily tables have; null when they have none. */
    @Nullable
    DateRange days() {
        Map<String, @Nullable Object> days = sqlEngine
                .query("SELECT MIN(day) AS first_day, MAX(day) AS last_day FROM "
                        + sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName()))
                .getFirst();
        return days.get("first_day") instanceof String first && days.get("last_day") instanceof String last
                ? new DateRange(LocalDate.parse(first), LocalDate.parse(last))
                : null;
    }

    /** The days until then that have to be rolled up, with their numbers of rows. */
    SortedMap<LocalDate, Long> changedDays(LocalDate last) {
        DateRange known = days();
        LocalDate first = known == null
                ? BEGINNING
                : earlier(last.minusDays(lookbackDays - 1L), known.last().plusDays(1));
        DateRange days = new DateRange(first.isBefore(BEGINNING) ? BEGINNING : first, last);
        SortedMap<LocalDate, Long> rolled = numbers("SELECT day, events FROM %s WHERE %s"
                .formatted(sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName()), days.condition("day")));
        SortedMap<LocalDate, Long> there = numbers(templates.rows(days));
        SortedMap<LocalDate, Long> changed = new TreeMap<>(there);
        rolled.keySet().forEach(day -> changed.putIfAbsent(day, 0L)); // all its rows were deleted
        changed.entrySet().removeIf(day -> day.getValue().equals(rolled.get(day.getKey())));
        for (LocalDate day :
                List.copyOf(changed.keySet())) { // which may have made copies of the next day's first events
            LocalDate next = day.plusDays(1);
            if (rolled.containsKey(next)) {
                changed.putIfAbsent(next, there.getOrDefault(next, 0L));
            }
        }
        return changed;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private SortedMap<LocalDate, Long> numbers(String sql) {
        SortedMap<LocalDate, Long> numbers = new TreeMap<>();
        for (Map<String, @Nullable Object> row : sqlEngine.query(sql)) {
            if (row.get("day") instanceof String day && row.get("events") instanceof Long events) {
                numbers.put(LocalDate.parse(day), events);
            }
        }
        return numbers;
    }

    /**
     * Rolls days up: those that follow one another together, for a year that is new would take an hour else, a day
     * after another. That it is done is said last.
     */
    void rollUp(SortedMap<LocalDate, Long> changed) {
        SortedMap<LocalDate, Long> together = new TreeMap<>();
        long rows = 0;
        for (Map.Entry<LocalDate, Long> day : changed.entrySet()) {
            boolean follows =
                    !together.isEmpty() && together.lastKey().plusDays(1).equals(day.getKey());
            if (!follows || together.size() == MAX_DAYS || rows + day.getValue() > MAX_ROWS) {
                rollUpTogether(together);
                together.clear();
                rows = 0;
            }
            together.put(day.getKey(), day.getValue());
            rows += day.getValue();
        }
        rollUpTogether(together);
    }

    private void rollUpTogether(SortedMap<LocalDate, Long> changed) {
        if (changed.isEmpty()) {
            return;
        }
        DateRange days = new DateRange(changed.firstKey(), changed.lastKey());
        for (DerivedTable table : TABLES) {
            sqlEngine.replace(table, days.condition("day"), templates.rollUp(table, days));
        }
        sqlEngine.replace(
                DerivedTable.ROLLUP_STATE,
                days.condition("day"),
                changed.entrySet().stream()
                        .map(day -> "SELECT DATE '%s' AS day, %d AS events".formatted(day.getKey(), day.getValue()))
                        .collect(Collectors.joining(" UNION ALL ")));
    }
}
