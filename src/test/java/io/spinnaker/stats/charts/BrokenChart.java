package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SQL engine on which the queries of one chart fail. */
public record BrokenChart(SqlEngine sqlEngine, String chart) implements SqlEngine {

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        return sqlEngine.query(sql);
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        sqlEngine.replace(
                table,
                where,
                table == DerivedTable.CHART_POINTS && where.contains("'" + chart + "'")
                        ? "SELECT no_such_column"
                        : select);
    }

    @Override
    public String table(String name) {
        return sqlEngine.table(name);
    }

    @Override
    public String sha256Hex(String text) {
        return sqlEngine.sha256Hex(text);
    }

    @Override
    public String randomHex() {
        return sqlEngine.randomHex();
    }

    @Override
    public String fileSuffix() {
        return sqlEngine.fileSuffix();
    }
}
