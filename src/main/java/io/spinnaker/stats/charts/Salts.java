package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the secrets of the table {@code salts}: {@code cell-key}, which decides the noise of published numbers, and one per
 * year, by which the view for raw readers replaces ids. A secret never changes.
 */
final class Salts {

    private static final int BYTES = 32;

    private final SqlEngine sqlEngine;

    Salts(SqlEngine sqlEngine) {
        this.sqlEngine = sqlEngine;
    }

    /** Creates the secrets that the table lacks, for noise, for the year of the day, and for the next one. */
    void ensure(LocalDate day) {
        List<String> existing =
                sqlEngine.query("SELECT name FROM " + sqlEngine.table(DerivedTable.SALTS.tableName())).stream()
                        .map(row -> String.valueOf(row.get("name")))
                        .toList();
        String missing = Stream.of("cell-key", String.valueOf(day.getYear()), String.valueOf(day.getYear() + 1))
                .filter(name -> !existing.contains(name))
                .map(name -> "SELECT '%s' AS name, '%s' AS salt".formatted(name, random()))
                .collect(Collectors.joining(" UNION ALL "));
        if (!missing.isEmpty()) {
            sqlEngine.replace(DerivedTable.SALTS, "FALSE", missing);
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
