package io.spinnaker.stats.warehouse;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQL over the warehouse's tables: {@code events}, and those of {@link DashboardTable}. Blocks, for seconds if need be;
 * can be used by several threads. Every method throws {@link AnalysisException} when the warehouse does not do it.
 */
public interface Analysis {

    /**
     * The rows of a query, in its order.
     *
     * @return by name of the column: a {@code Long} for an integer, else a {@code String} (a date in
     *     ISO 8601)
     */
    List<Map<String, @Nullable Object>> query(String sql);

    /**
     * Replaces some of a table's rows by what a query selects: all of that is seen at once, or nothing of it ever.
     *
     * @param where a condition on the table's columns: which rows go
     * @param select yields the table's columns, by the same names
     */
    void replace(DashboardTable table, String where, String select);

    /** The name of a table, {@code events} or one of the dashboard's, as SQL has it in this warehouse, quoted. */
    String table(String name);

    /**
     * Which of a statement's files is this warehouse's, where they differ: the ending, {@code .sql} where there is
     * one.
     */
    default String dialect() {
        return ".sql";
    }
}
