package io.spinnaker.stats.warehouse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BigQueryWarehouseTest {

    /** After which the oldest Spinnakers hang up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final BigQueryStub BIG_QUERY = new BigQueryStub();

    private final BigQueryWarehouse warehouse = warehouse(task -> new Thread(task).start());
    private final Row row = row();

    @BeforeAll
    static void start() {
        BIG_QUERY.start();
    }

    @AfterAll
    static void stop() {
        BIG_QUERY.stop();
    }

    @BeforeEach
    void reset() {
        BIG_QUERY.takeEveryRow();
    }

    @Test
    void sendsOneRowAsItIsWithItsIdAsInsertId() {
        insert();

        List<LoggedRequest> requests = BIG_QUERY.newRequests();
        assertThat(requests).hasSize(1);
        JsonNode call = Json.parse(requests.getFirst().getBodyAsString());
        assertThat(call.path("rows")).hasSize(1);
        assertThat(call.at("/rows/0/insertId").asText()).isEqualTo(row.id());
        assertThat(call.at("/rows/0/json")).isEqualTo(Json.parse(new String(row.json(), StandardCharsets.UTF_8)));
    }

    @Test
    void sendsNoCredentialsInPlainText() {
        insert();
        assertThat(BIG_QUERY.newRequests().getFirst().containsHeader("Authorization"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void triesTheSameRowAgainWhenThatCanHelp(int status) {
        BIG_QUERY.answer(error(status, "backendError"), BigQueryStub.stored());
        insert();
        assertThat(insertIds()).containsExactly(row.id(), row.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
    void triesAgainWhenTheConnectionBreaks(Fault fault) {
        BIG_QUERY.answer(aResponse().withFault(fault), BigQueryStub.stored());
        insert();
        assertThat(insertIds()).contains(row.id()).containsOnly(row.id());
    }

    @Test
    void givesUpBeforeTheClientDoes() {
        BIG_QUERY.answer(BigQueryStub.stored().withFixedDelay(20_000));
        assertThat(warehouse.insert(row))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageEndingWith("no answer from BigQuery, or no token for it");
    }

    @Test
    void countsTheWaitForAThread() {
        BIG_QUERY.answer(BigQueryStub.stored().withFixedDelay(20_000));
        try (ExecutorService oneThread = Executors.newSingleThreadExecutor()) {
            BigQueryWarehouse busy = warehouse(oneThread);
            busy.insert(row);
            busy.insert(row);
            assertThat(busy.insert(row))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageEndingWith("BigQuery did not confirm the row in time");
            oneThread.shutdownNow();
        }
    }

    @Test
    void givesUpOnAnOutage() {
        BIG_QUERY.answer(error(503, "backendError"));
        assertThat(warehouse.insert(row))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageEndingWith("BigQuery answered 503 backendError");
        assertThat(insertIds()).hasSizeGreaterThan(1).containsOnly(row.id());
    }

    @Test
    void namesTheTableThatIsMissing() {
        BIG_QUERY.answer(error(404, "notFound"));
        assertNotStored("BigQuery has no table demo.stats.events: make it from events.schema.json");
        assertThat(insertIds()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"401,401", "403,403 accessDenied"})
    void namesTheTableThatIsForbidden(int status, String codes) {
        BIG_QUERY.answer(error(status, "accessDenied"));
        assertNotStored(
                "BigQuery refuses this service access to demo.stats.events (%s): its account needs bigquery.tables.updateData on the table"
                        .formatted(codes));
        assertThat(insertIds()).hasSize(1);
    }

    @Test
    void aRowThatBigQueryRefusesIsNotStored() {
        BIG_QUERY.answer(BigQueryStub.insertError("invalid", "application.pipeline_count", "secret"));
        assertNotStored("BigQuery refused the row: invalid at application.pipeline_count");
        assertThat(insertIds()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "[1]", "{\"insertErrors\": [{\"errors\": [{}]}]}"})
    void anAnswerThatIsNoneOfBigQuerysIsNotStored(String body) {
        BIG_QUERY.answer(okJson(body));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(this::insert)
                .havingCause()
                .isInstanceOf(NotStoredException.class)
                .withMessageNotContaining("secret");
    }

    private static BigQueryWarehouse warehouse(Executor executor) {
        return new BigQueryWarehouse(
                new Config(Optional.of("demo"), "stats", "events", URI.create(BIG_QUERY.baseUrl())), executor);
    }

    private void insert() {
        warehouse.insert(row).toCompletableFuture().join();
    }

    private void assertNotStored(String reason) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(this::insert)
                .havingCause()
                .isInstanceOf(NotStoredException.class)
                .withMessage(reason)
                .withNoCause();
    }

    private static List<String> insertIds() {
        return BIG_QUERY.newRequests().stream()
                .map(request -> Json.parse(request.getBodyAsString())
                        .at("/rows/0/insertId")
                        .asText())
                .toList();
    }

    private static ResponseDefinitionBuilder error(int code, String reason) {
        return BigQueryStub.error(code, reason, "secret");
    }

    private static Row row() {
        try {
            return Row.of(new EventReader().read(Payload.all().getFirst().body()), Instant.now());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private record Config(Optional<String> project, String dataset, String table, URI host)
            implements WarehouseConfig.BigQuery {}
}
