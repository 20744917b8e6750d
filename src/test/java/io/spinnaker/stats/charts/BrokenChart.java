package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DelegatingSqlEngine;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;

/** A SQL engine on which the queries of one chart fail. */
public final class BrokenChart extends DelegatingSqlEngine {

    private final String chart;

    public BrokenChart(SqlEngine sqlEngine, String chart) {
        super(sqlEngine);
        this.chart = chart;
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        boolean fails = table == DerivedTable.CHART_POINTS && where.contains("'" + chart + "'");
        super.replace(table, where, fails ? "SELECT no_such_column" : select);
    }
}
