package io.spinnaker.stats.warehouse;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllRequest.RowToInsert;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.http.HttpTransportOptions;
import com.google.gson.stream.MalformedJsonException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in BigQuery, by {@code tabledata.insertAll}: a row is there, and can be queried, when the call returns. */
final class BigQueryWarehouse implements Warehouse {

    /** The oldest Spinnakers hang up after 5 s; waiting for a thread and for a token counts. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(4_500);

    /** Which leaves a BigQuery that is silent to the last try given up just before that. */
    private static final Duration LAST_TRY_AFTER = Duration.ofMillis(1_400);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    /** For each read, not for the whole answer. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    private static final String UNREADABLE = "BigQuery's answer could not be read";

    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(429, 500, 502, 503, 504);

    private final BigQuery client;
    private final TableId table;
    private final Executor executor;

    /**
     * Asks BigQuery nothing: a table that is missing or forbidden shows at the first insert.
     *
     * @throws ConfigurationException when there is no project, the host is no URL, or there are no credentials
     */
    BigQueryWarehouse(WarehouseConfig.BigQuery config, Executor executor) {
        String project = config.project()
                .or(BigQueryWarehouse::environmentsProject)
                .orElseThrow(
                        () -> new ConfigurationException(
                                "BigQuery's project is not known: set stats.warehouse.bigquery.project (STATS_WAREHOUSE_BIGQUERY_PROJECT)"));
        this.table = TableId.of(project, config.dataset(), config.table());
        this.executor = executor;
        this.client = BigQueryOptions.newBuilder()
                .setProjectId(project)
                .setHost(config.host().toString())
                .setCredentials(credentials(config.host()))
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setReadTimeout((int) READ_TIMEOUT.toMillis())
                        .build())
                .setRetrySettings(RetrySettings.newBuilder()
                        .setTotalTimeoutDuration(LAST_TRY_AFTER)
                        .setInitialRetryDelayDuration(Duration.ofMillis(100))
                        .setRetryDelayMultiplier(2)
                        .setMaxRetryDelayDuration(Duration.ofSeconds(1))
                        .build())
                .setResultRetryAlgorithm(new BasicResultRetryAlgorithm<>() {
                    @Override
                    public boolean shouldRetry(@Nullable Throwable failure, @Nullable Object answer) {
                        return isWorthAnotherTry(failure);
                    }
                })
                .build()
                .getService();
    }

    private static Optional<String> environmentsProject() {
        return Optional.ofNullable(ServiceOptions.getDefaultProjectId());
    }

    private static Credentials credentials(URI host) {
        String scheme = String.valueOf(host.getScheme()).toLowerCase(Locale.ROOT);
        if (host.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationException(
                    "stats.warehouse.bigquery.host is no base URL: write https://HOST or, for an emulator, http://HOST:PORT");
        }
        if (scheme.equals("http")) {
            return NoCredentials.getInstance();
        }
        try {
            return GoogleCredentials.getApplicationDefault();
        } catch (IOException | RuntimeException e) { // what it says of a broken key file can quote the file
            throw new ConfigurationException(
                    "There are no Google credentials that can be used: give the service a service account, point"
                            + " GOOGLE_APPLICATION_CREDENTIALS at a key file, or run gcloud auth application-default login");
        }
    }

    /** A connection that fails or breaks, and the answers that Google says to retry. */
    private static boolean isWorthAnotherTry(@Nullable Throwable failure) {
        return failure instanceof HttpResponseException answer
                ? WORTH_ANOTHER_TRY.contains(answer.getStatusCode())
                : failure instanceof IOException;
    }

    @Override
    public CompletionStage<Void> insert(Row row) {
        return CompletableFuture.runAsync(() -> send(row), executor)
                .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(e -> CompletableFuture.failedFuture(
                        e instanceof TimeoutException
                                ? new NotStoredException("BigQuery did not confirm the row in time")
                                : e));
    }

    private void send(Row row) {
        InsertAllResponse answer;
        try {
            answer = client.insertAll(InsertAllRequest.newBuilder(table)
                    .addRow(RowToInsert.of(row.id(), row.columns()))
                    .build());
        } catch (BigQueryException e) {
            throw new NotStoredException(reason(e));
        } catch (RuntimeException e) { // the client's own, over an answer that is none of BigQuery's
            throw new NotStoredException(UNREADABLE);
        }
        if (answer.hasErrors()) {
            throw new NotStoredException(reason(answer));
        }
    }

    /** BigQuery's own messages quote what it was sent; its codes and reasons are fixed words. */
    private String reason(BigQueryException e) {
        String name = table.getProject() + "." + table.getDataset() + "." + table.getTable();
        return switch (e.getCode()) {
            case 0 -> unanswered(e);
            case 401, 403 ->
                "BigQuery refuses this service access to " + name + " (" + codes(e)
                        + "): its account needs bigquery.tables.updateData on the table";
            case 404 -> "BigQuery has no table " + name + ": make it from events.schema.json";
            default -> "BigQuery answered " + codes(e);
        };
    }

    private static String codes(BigQueryException e) {
        return e.getReason() == null ? String.valueOf(e.getCode()) : e.getCode() + " " + e.getReason();
    }

    private static String unanswered(BigQueryException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof MalformedJsonException || cause instanceof IllegalArgumentException) {
                return UNREADABLE;
            }
        }
        return "no answer from BigQuery, or no token for it";
    }

    /** Where and why BigQuery refused the row: names of columns and fixed words. */
    private static String reason(InsertAllResponse answer) {
        return answer.getInsertErrors().values().stream()
                .flatMap(List::stream)
                .map(BigQueryWarehouse::reason)
                .distinct()
                .collect(Collectors.joining(", ", "BigQuery refused the row: ", ""));
    }

    private static String reason(BigQueryError error) {
        return error.getReason() + " at " + error.getLocation();
    }
}
