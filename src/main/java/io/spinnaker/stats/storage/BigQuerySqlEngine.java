package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.gcp.ApiResponse;
import io.spinnaker.stats.gcp.ApiUnreachableException;
import io.spinnaker.stats.gcp.GoogleRestClient;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL in BigQuery. A query is begun by one short call and then asked after by others, so that no call takes longer than
 * {@link GoogleRestClient} waits for one.
 */
final class BigQuerySqlEngine implements SqlEngine {

    /** Of one call: BigQuery answers after so long, whether the query is done or not. */
    private static final long CALL_MS = 1_000;

    /** Rows in one answer, some hundred bytes each. */
    private static final long PAGE = 5_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final GoogleRestClient api;
    private final StorageConfig.BigQuery config;
    private final String project;

    /**
     * Asks BigQuery nothing.
     *
     * @throws ConfigurationException when there is no project, the host is no URL, or there are no credentials
     */
    BigQuerySqlEngine(StorageConfig.BigQuery config) {
        this.config = config;
        this.project = BigQueryRowStore.project(config);
        this.api = new GoogleRestClient("BigQuery", config.host(), "stats.storage.bigquery.host", Limits.API_CALLS);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        Deadline deadline = Deadline.after(Limits.QUERY_TIME);
        byte[] queryRequest = queryRequest(sql);
        JsonNode answer = execute(() -> api.post(queries(""), "application/json", queryRequest, deadline));
        JsonNode job = answer.path("jobReference");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        while (true) {
            if (answer.path("jobComplete").asBoolean()) {
                add(rows, answer);
                if (!answer.hasNonNull("pageToken")) {
                    return rows;
                }
            } else if (deadline.isExpired()) {
                throw new QueryFailedException("BigQuery has not done a query after " + Limits.QUERY_TIME);
            }
            JsonNode last = answer;
            answer = execute(() -> api.get(resultsUri(job, last), deadline));
        }
    }

    /** Its id makes BigQuery do it once, however often it has to be sent. */
    private byte[] queryRequest(String sql) {
        return JSON.createObjectNode()
                .put("query", sql)
                .put("useLegacySql", false)
                .put("maximumBytesBilled", String.valueOf(config.maximumBytesBilled()))
                .put("maxResults", PAGE)
                .put("timeoutMs", CALL_MS)
                .put("requestId", UUID.randomUUID().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Where to wait for the query, or to turn the page. */
    private URI resultsUri(JsonNode job, JsonNode last) {
        StringBuilder address = new StringBuilder(
                "/%s?maxResults=%d&timeoutMs=%d".formatted(job.path("jobId").asText(), PAGE, CALL_MS));
        if (job.hasNonNull("location")) {
            address.append("&location=").append(encoded(job.path("location")));
        }
        if (last.hasNonNull("pageToken")) {
            address.append("&pageToken=").append(encoded(last.path("pageToken")));
        }
        return queries(address.toString());
    }

    private URI queries(String rest) {
        return api.resolve("/bigquery/v2/projects/" + project + "/queries" + rest);
    }

    private static String encoded(JsonNode value) {
        return URLEncoder.encode(value.asText(), StandardCharsets.UTF_8);
    }

    private static JsonNode execute(Supplier<ApiResponse> call) {
        ApiResponse answer;
        try {
            answer = call.get();
        } catch (ApiUnreachableException e) {
            throw new QueryFailedException(String.valueOf(e.getMessage()));
        }
        if (answer.isOk()) {
            return answer.body();
        }
        throw new QueryFailedException("BigQuery answered " + answer.errorSummary()
                + switch (answer.status()) {
                    case 400 ->
                        ": it refuses the query, or that would read more than stats.storage.bigquery.maximum-bytes-billed";
                    case 401, 403 ->
                        ": the account needs bigquery.jobs.create in the project, and to read and to write its tables";
                    case 404 -> ": it has no such dataset or table as the query names";
                    default -> "";
                });
    }

    private static void add(List<Map<String, @Nullable Object>> rows, JsonNode answer) {
        JsonNode columns = answer.at("/schema/fields");
        for (JsonNode values : answer.path("rows")) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                JsonNode column = columns.get(i);
                row.put(
                        column.path("name").asText(),
                        value(
                                column.path("type").asText(),
                                values.path("f").path(i).path("v")));
            }
            rows.add(row);
        }
    }

    private static @Nullable Object value(String type, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case "INTEGER", "INT64" -> value.asLong();
            default -> value.asText();
        };
    }

    @Override
    public void replace(DerivedTable table, String where, String select) {
        query(merge(table(table.tableName()), table.columns(), where, select));
    }

    /** One statement, which is seen as a whole or not at all, also when another one runs at the same time. */
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
        return '`' + project + '.' + config.dataset() + '.' + (name.equals("events") ? config.table() : name) + '`';
    }
}
