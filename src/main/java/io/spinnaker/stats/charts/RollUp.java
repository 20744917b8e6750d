package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the daily tables up to date. A day is rolled up again if its events have changed since the last roll-up, so late and
 * deleted events are corrected, and repeating a run changes nothing.
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

    /** If this number of days fails, no other is tried one by one: each query can take minutes. */
    private static final int MAX_FAILURES = 3;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;

    /** Creates the roll-up; runs no query. */
    RollUp(SqlEngine sqlEngine, SqlTemplates templates) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
    }

    /**
     * The events of a day.
     *
     * @param events their number
     * @param hash a sum over their ids
     */
    record DayState(long events, long hash) {

        /** A day whose events were all deleted. */
        static final DayState EMPTY = new DayState(0, 0);
    }

    /** The first and the last day with events in the daily tables; null if they are empty. */
    @Nullable
    DateRange days() {
        Map<String, @Nullable Object> days = sqlEngine
                .query("SELECT MIN(day) AS first_day, MAX(day) AS last_day FROM %s WHERE events > 0"
                        .formatted(sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName())))
                .getFirst();
        return days.get("first_day") instanceof String first && days.get("last_day") instanceof String last
                ? new DateRange(LocalDate.parse(first), LocalDate.parse(last))
                : null;
    }

    /** The days of a range that must be rolled up, each with its events. */
    SortedMap<LocalDate, DayState> changedDays(DateRange days) {
        SortedMap<LocalDate, DayState> rolledUp = states("SELECT day, events, events_hash FROM %s WHERE %s"
                .formatted(sqlEngine.table(DerivedTable.ROLLUP_STATE.tableName()), days.condition("day")));
        SortedMap<LocalDate, DayState> current = states(templates.eventsPerDay(days));
        SortedMap<LocalDate, DayState> changed = new TreeMap<>(current);
        rolledUp.keySet().forEach(day -> changed.putIfAbsent(day, DayState.EMPTY));
        changed.entrySet().removeIf(day -> day.getValue().equals(rolledUp.get(day.getKey())));
        for (LocalDate day :
                List.copyOf(changed.keySet())) { // a change can turn the first events of the next day into duplicates
            LocalDate next = day.plusDays(1);
            if (rolledUp.containsKey(next)) {
                changed.putIfAbsent(next, current.getOrDefault(next, DayState.EMPTY));
            }
        }
        return changed;
    }

    private SortedMap<LocalDate, DayState> states(String sql) {
        SortedMap<LocalDate, DayState> byDay = new TreeMap<>();
        for (Map<String, @Nullable Object> row : sqlEngine.query(sql)) {
            if (row.get("day") instanceof String day
                    && row.get("events") instanceof Long events
                    && row.get("events_hash") instanceof Long hash) {
                byDay.put(LocalDate.parse(day), new DayState(events, hash));
            }
        }
        return byDay;
    }

    /**
     * Rolls up the changed days. Consecutive days are rolled up together, because a full year day by day takes an hour; if that
     * fails, day by day. The state is written last, so the next run repeats what failed. After
     * three failures, no other day is tried one by one.
     *
     * @return the days that failed
     */
    SortedMap<LocalDate, QueryFailedException> rollUp(SortedMap<LocalDate, DayState> changed) {
        SortedMap<LocalDate, QueryFailedException> failures = new TreeMap<>();
        for (SortedMap<LocalDate, DayState> days : groups(changed)) {
            try {
                rollUpTogether(days);
            } catch (QueryFailedException e) {
                rollUpEach(days, e, failures);
            }
        }
        return failures;
    }

    private void rollUpEach(
            SortedMap<LocalDate, DayState> days,
            QueryFailedException together,
            SortedMap<LocalDate, QueryFailedException> failures) {
        for (LocalDate day : days.keySet()) {
            try {
                if (days.size() == 1 || failures.size() >= MAX_FAILURES) {
                    throw together; // no need to try again
                }
                rollUpTogether(days.subMap(day, day.plusDays(1)));
            } catch (QueryFailedException e) {
                failures.put(day, e);
            }
        }
    }

    private static List<SortedMap<LocalDate, DayState>> groups(SortedMap<LocalDate, DayState> changed) {
        List<SortedMap<LocalDate, DayState>> groups = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<LocalDate, DayState> day : changed.entrySet()) {
            SortedMap<LocalDate, DayState> last = groups.isEmpty() ? new TreeMap<>() : groups.getLast();
            boolean follows = !last.isEmpty() && last.lastKey().plusDays(1).equals(day.getKey());
            rows += day.getValue().events();
            if (!follows || last.size() == MAX_DAYS || rows > MAX_ROWS) {
                last = new TreeMap<>();
                groups.add(last);
                rows = day.getValue().events();
            }
            last.put(day.getKey(), day.getValue());
        }
        return groups;
    }

    private void rollUpTogether(SortedMap<LocalDate, DayState> changed) {
        DateRange days = new DateRange(changed.firstKey(), changed.lastKey());
        for (DerivedTable table : TABLES) {
            sqlEngine.replace(table, days.condition("day"), templates.rollUp(table, days));
        }
        sqlEngine.replace(
                DerivedTable.ROLLUP_STATE,
                days.condition("day"),
                changed.entrySet().stream()
                        .map(day -> "SELECT DATE '%s' AS day, %d AS events, %d AS events_hash"
                                .formatted(
                                        day.getKey(),
                                        day.getValue().events(),
                                        day.getValue().hash()))
                        .collect(Collectors.joining(" UNION ALL ")));
    }
}
