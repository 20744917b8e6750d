package io.spinnaker.stats.storage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL over the table {@code events} and the tables of {@link DerivedTable}. Blocks, for seconds if necessary; safe for
 * use by several threads. Every method throws {@link QueryFailedException} if the database fails.
 */
public interface SqlEngine {

    /**
     * Runs a query.
     *
     * @return the rows in the query's order, by column name: a {@code Long} for an integer, otherwise a {@code String} (a
     *     date in ISO 8601)
     */
    List<Map<String, @Nullable Object>> query(String sql);

    /**
     * Replaces some rows of a table by the result of a query, atomically.
     *
     * @param where a condition on the table's columns that selects the rows to delete
     * @param select a query that returns the table's columns by name
     */
    void replace(DerivedTable table, String where, String select);

    /** The quoted name of a table in this database's SQL. */
    String table(String name);

    /** An expression for the SHA-256, in hex, of a text expression. */
    default String sha256Hex(String text) {
        return "TO_HEX(SHA256(" + text + "))";
    }

    /** An expression for 64 random hex digits that no log of queries shows. */
    default String randomHex() {
        return "TO_HEX(SHA256(CONCAT(GENERATE_UUID(), GENERATE_UUID(), GENERATE_UUID())))";
    }

    /** The suffix of the SQL file for this engine, where a statement needs one file per dialect. */
    default String fileSuffix() {
        return ".sql";
    }
}
