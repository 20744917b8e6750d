package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.ServiceOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.batch.BatchWriter;
import io.spinnaker.stats.batch.PendingWrite;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.gcp.ApiResponse;
import io.spinnaker.stats.gcp.ApiUnreachableException;
import io.spinnaker.stats.gcp.GoogleRestClient;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes rows to BigQuery by {@code tabledata.insertAll}: a row can be queried when the call returns. The library
 * google-cloud-bigquery is not used for it, because it has no timeout per call and writes the JSON of each row twice.
 */
final class BigQueryRowStore implements RowStore {

    /** BigQuery's reasons for which it may accept the same row later. */
    private static final Set<String> TRANSIENT_REASONS =
            Set.of("stopped", "timeout", "backendError", "internalError", "");

    private final GoogleRestClient client;
    private final URI insertAll;
    private final Table table;
    private final BatchWriter<Row> writer;

    private record Table(String project, String dataset, String name) {
        @Override
        public String toString() {
            return project + "." + dataset + "." + name;
        }
    }

    /**
     * Creates the store; makes no call. A missing or forbidden table shows at the first insert.
     *
     * @throws ConfigurationException if there is no project, the host is not a base URL, or there are no credentials
     */
    BigQueryRowStore(StorageConfig.BigQuery config, Vertx vertx) {
        this.client = new GoogleRestClient("BigQuery", config.host(), "stats.storage.bigquery.host", Limits.API_CALLS);
        this.table = new Table(project(config), config.dataset(), config.table());
        this.insertAll = client.resolve("/bigquery/v2/projects/%s/datasets/%s/tables/%s/insertAll"
                .formatted(table.project(), table.dataset(), table.name()));
        this.writer = new BatchWriter<>("BigQuery", Limits.BIGQUERY_ROWS, this::insert, vertx);
    }

    /**
     * The project of the dataset.
     *
     * @throws ConfigurationException if neither the configuration nor the environment names one
     */
    static String project(StorageConfig.BigQuery config) {
        return config.project()
                .or(() -> Optional.ofNullable(ServiceOptions.getDefaultProjectId()))
                .orElseThrow(
                        () -> new ConfigurationException(
                                "No BigQuery project configured; set stats.storage.bigquery.project (STATS_STORAGE_BIGQUERY_PROJECT)"));
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return writer.add(row, row.json().length, deadline);
    }

    private void insert(List<PendingWrite<Row>> batch, Deadline latest) {
        ApiResponse response;
        try {
            response = client.post(insertAll, "application/json", body(batch), latest);
        } catch (ApiUnreachableException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (!response.isOk()) {
            // a 400 for a batch usually means a misconfigured call; only for a single row is it about that row
            boolean rowRejected = response.status() == 400 && batch.size() == 1;
            throw new WriteFailedException(rowRejected ? Cause.REJECTED : Cause.UNAVAILABLE, reason(response));
        }
        failRejected(batch, response.body().path("insertErrors"));
        batch.forEach(PendingWrite::succeed); // ignored by the rows that have failed
    }

    /**
     * The request: each row as it is, with its id as insertId. Without {@code skipInvalidRows}, one rejected row would
     * fail the whole batch.
     */
    private static byte[] body(List<PendingWrite<Row>> batch) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(batch.stream()
                .mapToInt(pending -> pending.item().json().length + 100)
                .sum());
        String separator = "{\"skipInvalidRows\":true,\"rows\":[{\"insertId\":\"";
        for (PendingWrite<Row> pending : batch) {
            body.writeBytes((separator + pending.item().id() + "\",\"json\":").getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(pending.item().json());
            separator = "},{\"insertId\":\"";
        }
        body.writeBytes("}]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /** Fails each row that BigQuery rejected. */
    private static void failRejected(List<PendingWrite<Row>> batch, JsonNode insertErrors) {
        for (JsonNode rejected : insertErrors) {
            int index = rejected.path("index").asInt(-1);
            if (index < 0 || index >= batch.size()) {
                throw new WriteFailedException(Cause.UNAVAILABLE, "BigQuery rejected a row that it was not sent");
            }
            batch.get(index).fail(rejection(rejected.path("errors")));
        }
    }

    /** Names columns and reason codes only; BigQuery's message quotes the row. */
    private static WriteFailedException rejection(JsonNode errors) {
        List<JsonNode> all = StreamSupport.stream(errors.spliterator(), false).toList();
        boolean isTransient = all.stream().allMatch(error -> TRANSIENT_REASONS.contains(word(error, "reason")));
        return new WriteFailedException(
                isTransient ? Cause.OVERLOADED : Cause.REJECTED,
                all.stream()
                        .map(error -> word(error, "reason") + " at " + word(error, "location"))
                        .distinct()
                        .collect(Collectors.joining(", ", "BigQuery rejected the row: ", "")));
    }

    private static String word(JsonNode error, String name) {
        String word = error.path(name).asText();
        return word.matches("[A-Za-z0-9_.\\[\\]]{0,100}") ? word : "?";
    }

    private String reason(ApiResponse response) {
        return switch (response.status()) {
            case 200 -> "BigQuery's response is not JSON";
            case 401, 403 ->
                "BigQuery denies access to " + table + " (" + response.errorSummary()
                        + "); unless this is a quota, grant bigquery.tables.updateData on the table";
            case 404 -> "BigQuery table " + table + " not found; create it from events.schema.json";
            default -> "BigQuery responded " + response.errorSummary();
        };
    }
}
