package io.spinnaker.stats.storage;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import io.spinnaker.stats.gcp.ApiCall;
import io.spinnaker.stats.gcp.ApiException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs SQL in BigQuery by {@code query}. */
final class BigQuerySqlEngine implements SqlEngine {

    private final BigQuery bigQuery;
    private final TableId events;
    private final long maximumBytesBilled;

    /** Creates the engine; makes no call. */
    BigQuerySqlEngine(BigQuery bigQuery, TableId events, long maximumBytesBilled) {
        this.bigQuery = bigQuery;
        this.events = events;
        this.maximumBytesBilled = maximumBytesBilled;
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        QueryJobConfiguration query = QueryJobConfiguration.newBuilder(sql)
                .setMaximumBytesBilled(maximumBytesBilled)
                .build();
        try {
            return ApiCall.run(Deadline.after(Limits.QUERY_TIME), () -> rows(bigQuery.query(query)));
        } catch (ApiException e) {
            throw new QueryFailedException(reason(e));
        }
    }

    private static List<Map<String, @Nullable Object>> rows(TableResult result) {
        Schema schema = result.getSchema();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (schema != null) { // a MERGE has no result
            result.iterateAll().forEach(values -> rows.add(row(schema, values)));
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(Schema schema, FieldValueList values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Field column : schema.getFields()) {
            row.put(column.getName(), value(column, values.get(row.size())));
        }
        return row;
    }

    private static @Nullable Object value(Field column, FieldValue value) {
        if (value.isNull()) {
            return null;
        }
        return column.getType().equals(LegacySQLTypeName.INTEGER)
                ? (Object) value.getLongValue()
                : value.getStringValue();
    }

    private static String reason(ApiException e) {
        return e.describe("BigQuery")
                + switch (e.status()) {
                    case ApiException.NO_RESPONSE -> ", or no result within " + Limits.QUERY_TIME;
                    case 400 ->
                        ": the query is invalid, or would read more than stats.storage.bigquery.maximum-bytes-billed";
                    case 401, 403 ->
                        ": grant bigquery.jobs.create on the project, and reading and writing of its tables";
                    case 404 -> ": a dataset or table of the query does not exist";
                    default -> "";
                };
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        query(merge(table(table.tableName()), table.columns(), where, select));
    }

    /** One statement, so that the replacement is atomic even while another one runs. */
    static String merge(String table, List<Column> columns, String where, String select) {
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        return """
                MERGE %s AS kept
                USING (
                %s
                ) AS replacement
                ON FALSE
                WHEN NOT MATCHED BY SOURCE AND %s THEN DELETE
                WHEN NOT MATCHED BY TARGET THEN INSERT (%s) VALUES (%s)
                """.formatted(table, select, where, names, names);
    }

    @Override
    public String table(String name) {
        return '`'
                + events.getProject()
                + '.'
                + events.getDataset()
                + '.'
                + (name.equals("events") ? events.getTable() : name)
                + '`';
    }
}
