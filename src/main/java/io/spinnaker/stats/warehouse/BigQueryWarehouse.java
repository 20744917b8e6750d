package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.ServiceOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.GroupCommit;
import io.spinnaker.stats.commit.GroupCommit.Limits;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.commit.Pending;
import io.spinnaker.stats.google.Answer;
import io.spinnaker.stats.google.GoogleApi;
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
final class BigQueryWarehouse implements Warehouse {

    /**
     * Calls under way: at 50 ms each, and 500 rows a call, more than an instance can read. Rows a call: what Google
     * recommends. Bytes a call: BigQuery takes 10 MB. Held: what comes in 3 s at 3,000 a second.
     */
    private static final Limits LIMITS = new Limits(16, 500, 9_000_000, 10_000, 12 << 20);

    /** Reasons of BigQuery's for which it may take the very row later. */
    private static final Set<String> PASSING = Set.of("stopped", "timeout", "backendError", "internalError", "");

    private final GoogleApi api;
    private final URI insertAll;
    private final Table table;
    private final GroupCommit<Row> rows;

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
    BigQueryWarehouse(WarehouseConfig.BigQuery config, Vertx vertx) {
        this.api = new GoogleApi("BigQuery", config.host(), "stats.warehouse.bigquery.host");
        this.table = new Table(project(config), config.dataset(), config.table());
        this.insertAll = api.resolve("/bigquery/v2/projects/%s/datasets/%s/tables/%s/insertAll"
                .formatted(table.project(), table.dataset(), table.name()));
        this.rows = new GroupCommit<>("BigQuery", LIMITS, this::insert, vertx);
    }

    /**
     * The project of the dataset.
     *
     * @throws ConfigurationException when neither the configuration nor the environment has one
     */
    static String project(WarehouseConfig.BigQuery config) {
        return config.project()
                .or(BigQueryWarehouse::environmentsProject)
                .orElseThrow(
                        () -> new ConfigurationException(
                                "BigQuery's project is not known: set stats.warehouse.bigquery.project (STATS_WAREHOUSE_BIGQUERY_PROJECT)"));
    }

    private static Optional<String> environmentsProject() {
        return Optional.ofNullable(ServiceOptions.getDefaultProjectId());
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return rows.add(row, row.json().length, deadline);
    }

    private void insert(List<Pending<Row>> group, Deadline latest) {
        Answer answer = api.post(insertAll, "application/json", body(group), latest);
        if (answer.isOk()) {
            refuse(group, answer.body().path("insertErrors"));
            group.forEach(Pending::succeed); // those not refused: a fate stands
        } else {
            // what BigQuery has against one row it says of that row; a call that is refused is mostly set up wrongly
            boolean forGood = answer.status() == 400 && group.size() == 1;
            throw new NotCommittedException(forGood ? Why.REFUSED : Why.UNAVAILABLE, reason(answer));
        }
    }

    /**
     * Rows as they are, each with its id as insertId. {@code skipInvalidRows}: or one row that is refused has BigQuery
     * refuse all of them.
     */
    private static byte[] body(List<Pending<Row>> group) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(group.stream()
                .mapToInt(pending -> pending.item().json().length + 100)
                .sum());
        String next = "{\"skipInvalidRows\":true,\"rows\":[{\"insertId\":\"";
        for (Pending<Row> pending : group) {
            body.writeBytes((next + pending.item().id() + "\",\"json\":").getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(pending.item().json());
            next = "},{\"insertId\":\"";
        }
        body.writeBytes("}]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /** The fate of each row that BigQuery did not take. */
    private static void refuse(List<Pending<Row>> group, JsonNode insertErrors) {
        for (JsonNode refused : insertErrors) {
            int index = refused.path("index").asInt(-1);
            if (index < 0 || index >= group.size()) {
                throw new NotCommittedException(Why.UNAVAILABLE, "BigQuery refused a row that it was not sent");
            }
            group.get(index).fail(refusal(refused.path("errors")));
        }
    }

    /** Where and why: names of columns and fixed words. What BigQuery says besides quotes the row. */
    private static NotCommittedException refusal(JsonNode errors) {
        List<JsonNode> all = StreamSupport.stream(errors.spliterator(), false).toList();
        boolean passing = all.stream().allMatch(error -> PASSING.contains(word(error, "reason")));
        return new NotCommittedException(
                passing ? Why.NOT_NOW : Why.REFUSED,
                all.stream()
                        .map(error -> word(error, "reason") + " at " + word(error, "location"))
                        .distinct()
                        .collect(Collectors.joining(", ", "BigQuery refused the row: ", "")));
    }

    private static String word(JsonNode error, String name) {
        String word = error.path(name).asText();
        return word.matches("[A-Za-z0-9_.\\[\\]]{0,100}") ? word : "?";
    }

    private String reason(Answer answer) {
        return switch (answer.status()) {
            case 200 -> "BigQuery's answer could not be read";
            case 401, 403 ->
                "BigQuery refuses " + table + " to this service (" + answer.codes()
                        + "); unless that is a quota, its account needs bigquery.tables.updateData on the table";
            case 404 -> "BigQuery has no table " + table + ": make it from events.schema.json";
            default -> "BigQuery answered " + answer.codes();
        };
    }
}
