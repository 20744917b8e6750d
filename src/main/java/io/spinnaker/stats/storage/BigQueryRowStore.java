package io.spinnaker.stats.storage;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.TableId;
import io.spinnaker.stats.batch.BatchWriter;
import io.spinnaker.stats.batch.PendingWrite;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.gcp.ApiCall;
import io.spinnaker.stats.gcp.ApiException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows to BigQuery by {@code insertAll}: a row can be queried when the call returns. */
final class BigQueryRowStore implements RowStore {

    /** BigQuery's reasons for which it may accept the same row later. */
    private static final Set<String> TRANSIENT_REASONS =
            Set.of("stopped", "timeout", "backendError", "internalError", "");

    private final BigQuery bigQuery;
    private final TableId table;
    private final BatchWriter<Row> writer;

    /**
     * Creates the store; makes no call. A missing or forbidden table shows at the first insert.
     *
     * @param bigQuery a client with {@link InsertAllBody} as its interceptor
     */
    BigQueryRowStore(BigQuery bigQuery, TableId table, Vertx vertx) {
        this.bigQuery = bigQuery;
        this.table = table;
        this.writer = new BatchWriter<>("BigQuery", Limits.BIGQUERY_ROWS, this::insert, vertx);
    }

    @Override
    public CompletionStage<Void> insert(Row row, Deadline deadline) {
        return writer.add(row, row.json().length, deadline);
    }

    private void insert(List<PendingWrite<Row>> batch, Deadline latest) {
        InsertAllRequest request = InsertAllRequest.newBuilder(table)
                .setRows(batch.stream()
                        .map(pending -> InsertAllBody.content(pending.item()))
                        .toList())
                .setSkipInvalidRows(true) // otherwise, one rejected row fails the whole batch
                .build();
        InsertAllResponse response;
        try {
            response = ApiCall.run(latest, () -> bigQuery.insertAll(request));
        } catch (ApiException e) {
            // a 400 for a batch usually means a misconfigured call; only for a single row is it about that row
            boolean rowRejected = e.status() == 400 && batch.size() == 1;
            throw new WriteFailedException(rowRejected ? Cause.REJECTED : Cause.UNAVAILABLE, reason(e));
        }
        failRejected(batch, response.getInsertErrors());
        batch.forEach(PendingWrite::succeed); // ignored by the rows that have failed
    }

    /** Fails each row that BigQuery rejected. */
    private static void failRejected(List<PendingWrite<Row>> batch, Map<Long, List<BigQueryError>> insertErrors) {
        if (insertErrors.keySet().stream().anyMatch(index -> index < 0 || index >= batch.size())) {
            throw new WriteFailedException(Cause.UNAVAILABLE, "BigQuery rejected a row that it was not sent");
        }
        insertErrors.forEach((index, errors) -> batch.get(index.intValue()).fail(rejection(errors)));
    }

    /** Names columns and reason codes only; BigQuery's message quotes the row. */
    private static WriteFailedException rejection(List<BigQueryError> errors) {
        boolean isTransient = errors.stream().allMatch(error -> TRANSIENT_REASONS.contains(word(error.getReason())));
        return new WriteFailedException(
                isTransient ? Cause.OVERLOADED : Cause.REJECTED,
                errors.stream()
                        .map(error -> word(error.getReason()) + " at " + word(error.getLocation()))
                        .distinct()
                        .collect(Collectors.joining(", ", "BigQuery rejected the row: ", "")));
    }

    private static String word(@Nullable String word) {
        return word == null ? "" : word.matches("[A-Za-z0-9_.\\[\\]]{0,100}") ? word : "?";
    }

    private String reason(ApiException e) {
        String name = table.getProject() + "." + table.getDataset() + "." + table.getTable();
        return switch (e.status()) {
            case 401, 403 ->
                "BigQuery denies access to " + name + " (" + e.summary()
                        + "); unless this is a quota, grant bigquery.tables.updateData on the table";
            case 404 -> "BigQuery table " + name + " not found; create it from events.schema.json";
            default -> e.describe("BigQuery");
        };
    }
}
