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
 * Keeps the daily tables up to date. A day is rolled up again if its number of events has changed since the last roll-up, so
 * late and deleted events are corrected, and repeating a run changes nothing.
 */
final class RollUp {

    private static final List<DerivedTable> TABLES = List.of(
            DerivedTable.DAILY_INSTANCES,
            DerivedTable.DAILY_APPLICATIONS,
            DerivedTable.DAILY_EXECUTIONS,
            DerivedTable.DAILY_STAGES);

    /** Days that are rolled up together, so that one query stays within its limits and is cheap to repeat. */
    private static final int MAX_DAYS = 31;

    private static final long MAX_ROWS = 10_000_000;

    /** Earlier than any event. */
    private static final LocalDate EARLIEST = LocalDate.EPOCH;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;
    private final int lookbackDays;

    /** Looks for changes in the last {@code lookbackDays}, and in all days since the last roll-up. */
    RollUp(SqlEngine sqlEngine, SqlTemplates templates, int lookbackDays) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
        this.lookbackDays = lookbackDays;
    }

    /** The first and the last day in the daily tables; null if they are empty. */
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

    /** The days up to {@code last} that must be rolled up, each with its number of events. */
    SortedMap<LocalDate, Long> changedDays(LocalDate last) {
        DateRange known = days();
        LocalDate first = known == null
                ? EARLIEST
                : earlier(last.minusDays(lookbackDays - 1L), known.last().plusDays(1));
        DateRange days = new DateRange(first.isBefore(EARLIEST) ? EARLIEST : first, last);
        SortedMap<LocalDate, Long> rolledUp = eventsByDay("SELECT day, events FROM %s WHERE %s"
                .formatted(sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName()), days.condition("day")));
        SortedMap<LocalDate, Long> current = eventsByDay(templates.eventsPerDay(days));
        SortedMap<LocalDate, Long> changed = new TreeMap<>(current);
        rolledUp.keySet().forEach(day -> changed.putIfAbsent(day, 0L)); // all events of the day were deleted
        changed.entrySet().removeIf(day -> day.getValue().equals(rolledUp.get(day.getKey())));
        for (LocalDate day :
                List.copyOf(changed.keySet())) { // a change can turn the first events of the next day into duplicates
            LocalDate next = day.plusDays(1);
            if (rolledUp.containsKey(next)) {
                changed.putIfAbsent(next, current.getOrDefault(next, 0L));
            }
        }
        return changed;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private SortedMap<LocalDate, Long> eventsByDay(String sql) {
        SortedMap<LocalDate, Long> byDay = new TreeMap<>();
        for (Map<String, @Nullable Object> row : sqlEngine.query(sql)) {
            if (row.get("day") instanceof String day && row.get("events") instanceof Long events) {
                byDay.put(LocalDate.parse(day), events);
            }
        }
        return byDay;
    }

    /**
     * Rolls up the changed days. Consecutive days are rolled up together, because a full year day by day takes an hour. The
     * state is written last, so a failed run is repeated.
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
