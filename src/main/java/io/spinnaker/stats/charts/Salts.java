package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Creates the secrets of the table {@code salts}: {@code cell-key}, which decides the noise of published numbers, and one per
 * year, by which the view for raw readers replaces ids. A secret never changes.
 */
final class Salts {

    private final SqlEngine sqlEngine;

    Salts(SqlEngine sqlEngine) {
        this.sqlEngine = sqlEngine;
    }

    /** Creates the secrets that the table lacks: for noise, for the years of the days, and for the year after them. */
    void ensure(DateRange days) {
        List<String> existing =
                sqlEngine.query("SELECT name FROM " + sqlEngine.table(DerivedTable.SALTS.tableName())).stream()
                        .map(row -> String.valueOf(row.get("name")))
                        .toList();
        Stream<String> years = IntStream.rangeClosed(
                        days.first().getYear(), days.last().getYear() + 1)
                .mapToObj(String::valueOf);
        String missing = Stream.concat(Stream.of("cell-key"), years)
                .filter(name -> !existing.contains(name))
                .map(name -> "SELECT '%s' AS name, %s AS salt".formatted(name, sqlEngine.randomHex()))
                .collect(Collectors.joining(" UNION ALL "));
        if (!missing.isEmpty()) {
            sqlEngine.replace(DerivedTable.SALTS, "FALSE", missing);
        }
    }
}
