package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BigQuery's SQL without BigQuery: a query runs as it is, and a replacement is type-checked as the MERGE that BigQuery
 * would get.
 */
final class GoogleSqlInMemory implements TestStorage, SqlEngine {

    private final GoogleSql googleSql = new GoogleSql();

    GoogleSqlInMemory() {
        setEvents(List.of());
        for (DerivedTable table : DerivedTable.values()) {
            googleSql.table(table.tableName(), table.columns(), List.of());
        }
    }

    @Override
    public void setEvents(List<JsonNode> rows) {
        googleSql.table("events", Column.ofEvents(), rows);
    }

    @Override
    public SqlEngine sqlEngine() {
        return this;
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        return googleSql.rows(sql);
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        googleSql.check(BigQuerySqlEngine.merge(table(table.tableName()), table.columns(), where, select));
        googleSql.replace(table.tableName(), table.columns(), where, select);
    }

    @Override
    public String table(String name) {
        return "`" + name + "`";
    }

    @Override
    public void close() {
        // there is nothing but memory
    }
}
