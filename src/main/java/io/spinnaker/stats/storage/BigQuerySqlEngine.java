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
 * Runs SQL in BigQuery. One short call starts a query and further calls poll for its result, so that no call exceeds the
 * timeout of an attempt.
 */
final class BigQuerySqlEngine implements SqlEngine {

    /** Time after which BigQuery responds to a call, whether or not the query is complete. */
    private static final long CALL_MS = 1_000;

    /** Rows per response, some hundred bytes each. */
    private static final long PAGE = 5_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final GoogleRestClient client;
    private final StorageConfig.BigQuery config;
    private final String project;

    /**
     * Creates the engine; makes no call.
     *
     * @throws ConfigurationException if there is no project, the host is not a base URL, or there are no credentials
     */
    BigQuerySqlEngine(StorageConfig.BigQuery config) {
        this.config = config;
        this.project = BigQueryRowStore.project(config);
        this.client = new GoogleRestClient("BigQuery", config.host(), "stats.storage.bigquery.host", Limits.API_CALLS);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql) {
        Deadline deadline = Deadline.after(Limits.QUERY_TIME);
        byte[] request = queryRequest(sql);
        JsonNode response = execute(() -> client.post(queries(""), "application/json", request, deadline));
        JsonNode job = response.path("jobReference");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        while (true) {
            if (response.path("jobComplete").asBoolean()) {
                add(rows, response);
                if (!response.hasNonNull("pageToken")) {
                    return rows;
                }
            } else if (deadline.isExpired()) {
                throw new QueryFailedException("BigQuery did not complete a query within " + Limits.QUERY_TIME);
            }
            JsonNode previous = response;
            response = execute(() -> client.get(resultsUri(job, previous), deadline));
        }
    }

    /** The request id makes BigQuery run the query once, however often the call is retried. */
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

    /** The address that waits for the query, or returns its next page. */
    private URI resultsUri(JsonNode job, JsonNode previous) {
        StringBuilder address = new StringBuilder(
                "/%s?maxResults=%d&timeoutMs=%d".formatted(job.path("jobId").asText(), PAGE, CALL_MS));
        if (job.hasNonNull("location")) {
            address.append("&location=").append(encoded(job.path("location")));
        }
        if (previous.hasNonNull("pageToken")) {
            address.append("&pageToken=").append(encoded(previous.path("pageToken")));
        }
        return queries(address.toString());
    }

    private URI queries(String rest) {
        return client.resolve("/bigquery/v2/projects/" + project + "/queries" + rest);
    }

    private static String encoded(JsonNode value) {
        return URLEncoder.encode(value.asText(), StandardCharsets.UTF_8);
    }

    private static JsonNode execute(Supplier<ApiResponse> call) {
        ApiResponse response;
        try {
            response = call.get();
        } catch (ApiUnreachableException e) {
            throw new QueryFailedException(String.valueOf(e.getMessage()));
        }
        if (response.isOk()) {
            return response.body();
        }
        throw new QueryFailedException("BigQuery responded " + response.errorSummary()
                + switch (response.status()) {
                    case 400 ->
                        ": the query is invalid, or would read more than stats.storage.bigquery.maximum-bytes-billed";
                    case 401, 403 ->
                        ": grant bigquery.jobs.create on the project, and reading and writing of its tables";
                    case 404 -> ": a dataset or table of the query does not exist";
                    default -> "";
                });
    }

    private static void add(List<Map<String, @Nullable Object>> rows, JsonNode response) {
        JsonNode columns = response.at("/schema/fields");
        for (JsonNode values : response.path("rows")) {
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
        return '`' + project + '.' + config.dataset() + '.' + (name.equals("events") ? config.table() : name) + '`';
    }
}
