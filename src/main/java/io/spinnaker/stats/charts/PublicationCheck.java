package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.SqlEngine;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a month before it is published, because anybody can send events of invented instances. An owner who finds a month
 * in order releases it.
 */
final class PublicationCheck {

    /** Real communities grow by less than this in a month. In percent of the month before. */
    private static final long MAX_INSTANCES = 130;

    /** Real instances do not all start on one day. In percent of the month's instances. */
    private static final long MAX_NEW_ON_ONE_DAY = 20;

    /** In percent of the month's events. */
    private static final long MAX_EVENTS_OF_ONE = 20;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;
    private final int threshold;

    PublicationCheck(SqlEngine sqlEngine, SqlTemplates templates, int threshold) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
        this.threshold = threshold;
    }

    /** The reason to hold a month; empty if there is none, or if it has too few instances to be shown. */
    Optional<MonthHeldException> reasonToHold(YearMonth month) {
        Map<String, @Nullable Object> row =
                sqlEngine.query(templates.checks(month.atDay(1))).getFirst();
        long instances = number(row, "instances");
        long before = number(row, "instances_before");
        String reason = null;
        if (instances < threshold) {
            return Optional.empty();
        } else if (before > 0 && instances * 100 > before * MAX_INSTANCES) {
            reason = "%d instances, after %d in the month before".formatted(instances, before);
        } else if (before > 0 && number(row, "new_on_one_day") * 100 > instances * MAX_NEW_ON_ONE_DAY) {
            reason = "%d of %d instances are new on one day".formatted(number(row, "new_on_one_day"), instances);
        } else if (number(row, "events_of_one") * 100 > number(row, "events") * MAX_EVENTS_OF_ONE) {
            reason = "one instance has more than %d %% of the events".formatted(MAX_EVENTS_OF_ONE);
        }
        return reason == null ? Optional.empty() : Optional.of(new MonthHeldException(month, reason));
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Long number ? number : 0;
    }
}
