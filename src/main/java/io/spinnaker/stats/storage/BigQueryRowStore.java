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
 * Rows in BigQuery, by {@code tabledata.insertAll}: a row is there, and can be queried, when the call returns. Not by
 * google-cloud-bigquery: it knows no time limit of one call, and writes each row's JSON anew.
 */
final class BigQueryRowStore implements RowStore {

    /** Reasons of BigQuery's for which it may take the very row later. */
    private static final Set<String> TRANSIENT_REASONS =
            Set.of("stopped", "timeout", "backendError", "internalError", "");

    private final GoogleRestClient api;
    private final URI insertAll;
    private final Table table;
    private final BatchWriter<Row> rows;

    private record Table(String project, String dataset, String name) {
        @Override
        public String toString() {
            return project + "." + dataset + "." + name;
        }
    }

    /**
     * Asks BigQuery nothing: a table that is missing or forbidden shows at the first insert.
     *
     * @throws ConfigurationException when there is no project, the host is no URL, or there are no credentials
     */
    BigQueryRowStore(StorageConfig.BigQuery config, Vertx vertx) {
        this.api = new GoogleRestClient("BigQuery", config.host(), "stats.storage.bigquery.host", Limits.API_CALLS);
        this.table = new Table(project(config), config.dataset(), config.table());
        this.insertAll = api.resolve("/bigquery/v2/projects/%s/datasets/%s/tables/%s/insertAll"
                .formatted(table.project(), table.dataset(), table.name()));
        this.rows = new BatchWriter<>("BigQuery", Limits.BIGQUERY_ROWS, this::insert, vertx);
    }

    /**
     * The project of the dataset.
     *
     * @throws ConfigurationException when neither the configuration nor the environment has one
     */
    static String project(StorageConfig.BigQuery config) {
        return config.project()
                .or(BigQueryRowStore::environmentsProject)
                .orElseThrow(
                        () -> new ConfigurationException(
                                "No BigQuery project configured; set stats.storage.bigquery.project (STATS_STORAGE_BIGQUERY_PROJECT)"));
    }

    private static Optional<String> environmentsProject() {
        return Optional.ofNullable(ServiceOptions.getDefaultProjectId());
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return rows.add(row, row.json().length, deadline);
    }

    private void insert(List<PendingWrite<Row>> group, Deadline latest) {
        ApiResponse answer;
        try {
            answer = api.post(insertAll, "application/json", body(group), latest);
        } catch (ApiUnreachableException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (answer.isOk()) {
            failRejected(group, answer.body().path("insertErrors"));
            group.forEach(PendingWrite::succeed); // those not refused: a fate stands
        } else {
            // what BigQuery has against one row it says of that row; a call that is refused is mostly set up wrongly
            boolean forGood = answer.status() == 400 && group.size() == 1;
            throw new WriteFailedException(forGood ? Cause.REJECTED : Cause.UNAVAILABLE, reason(answer));
        }
    }

    /**
     * Rows as they are, each with its id as insertId. {@code skipInvalidRows}: or one row that is refused has BigQuery
     * refuse all of them.
     */
    private static byte[] body(List<PendingWrite<Row>> group) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(group.stream()
                .mapToInt(pending -> pending.item().json().length + 100)
                .sum());
        String next = "{\"skipInvalidRows\":true,\"rows\":[{\"insertId\":\"";
        for (PendingWrite<Row> pending : group) {
            body.writeBytes((next + pending.item().id() + "\",\"json\":").getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(pending.item().json());
            next = "},{\"insertId\":\"";
        }
        body.writeBytes("}]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /** The fate of each row that BigQuery did not take. */
    private static void failRejected(List<PendingWrite<Row>> group, JsonNode insertErrors) {
        for (JsonNode refused : insertErrors) {
            int index = refused.path("index").asInt(-1);
            if (index < 0 || index >= group.size()) {
                throw new WriteFailedException(Cause.UNAVAILABLE, "BigQuery refused a row that it was not sent");
            }
            group.get(index).fail(rejection(refused.path("errors")));
        }
    }

    /** Where and why: names of columns and fixed words. What BigQuery says besides quotes the row. */
    private static WriteFailedException rejection(JsonNode errors) {
        List<JsonNode> all = StreamSupport.stream(errors.spliterator(), false).toList();
        boolean passing = all.stream().allMatch(error -> TRANSIENT_REASONS.contains(word(error, "reason")));
        return new WriteFailedException(
                passing ? Cause.OVERLOADED : Cause.REJECTED,
                all.stream()
                        .map(error -> word(error, "reason") + " at " + word(error, "location"))
                        .distinct()
                        .collect(Collectors.joining(", ", "BigQuery refused the row: ", "")));
    }

    private static String word(JsonNode error, String name) {
        String word = error.path(name).asText();
        return word.matches("[A-Za-z0-9_.\\[\\]]{0,100}") ? word : "?";
    }

    private String reason(ApiResponse answer) {
        return switch (answer.status()) {
            case 200 -> "BigQuery's answer could not be read";
            case 401, 403 ->
                "BigQuery refuses " + table + " to this service (" + answer.errorSummary()
                        + "); unless that is a quota, its account needs bigquery.tables.updateData on the table";
            case 404 -> "BigQuery has no table " + table + ": make it from events.schema.json";
            default -> "BigQuery answered " + answer.errorSummary();
        };
    }
}
