package io.spinnaker.stats.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.cloud.bigquery.TableId;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BigQueryRowStoreTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The time that a request leaves for storage. */
    private static final Duration TIME = Duration.ofSeconds(3);

    private static final Vertx VERTX = Vertx.vertx();

    /** The index of the rejected row in a batch. */
    private static final int BAD = 7;

    private static final BigQueryStub BIG_QUERY = new BigQueryStub();

    private final BigQueryRowStore rowStore = new BigQueryRowStore(
            TestStorage.bigQuery(URI.create(BIG_QUERY.baseUrl())), TableId.of("demo", "stats", "events"), VERTX);
    private final Row row = Payload.receivedNow();

    @BeforeAll
    static void start() {
        BIG_QUERY.start();
    }

    @AfterAll
    static void stop() {
        BIG_QUERY.stop();
        VERTX.close();
    }

    @BeforeEach
    void reset() {
        BIG_QUERY.takeEveryRow();
    }

    @Test
    void sendsARowUnchangedWithItsIdAsInsertId() {
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
    void retriesTheSameRowOnARetryableStatus(int status) {
        BIG_QUERY.answer(error(status, "backendError"), BigQueryStub.stored());
        insert();
        assertThat(insertIds()).containsExactly(row.id(), row.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
    void retriesAfterABrokenConnection(Fault fault) {
        BIG_QUERY.answer(aResponse().withFault(fault), BigQueryStub.stored());
        insert();
        assertThat(insertIds()).contains(row.id()).containsOnly(row.id());
    }

    /** A second call would store the row again: BigQuery deduplicates by best effort only. */
    @Test
    void givesOneAttemptAllOfTheRemainingTime() {
        BIG_QUERY.answer(BigQueryStub.stored().withFixedDelay(2_500));
        assertThat(rowStore.insert(row, Deadline.after(TIME))).succeedsWithin(TIMEOUT);
        assertThat(insertIds()).containsExactly(row.id());
    }

    @Test
    void retriesAfterAnExceededRateLimit() {
        BIG_QUERY.answer(error(403, "rateLimitExceeded"), BigQueryStub.stored());
        insert();
        assertThat(insertIds()).containsExactly(row.id(), row.id());
    }

    @Test
    void failsByTheDeadlineWithoutAResponse() {
        BIG_QUERY.answer(BigQueryStub.stored().withFixedDelay(20_000));
        Deadline deadline = Deadline.after(Duration.ofMillis(300));
        assertThat(rowStore.insert(row, deadline)).failsWithin(TIME);
    }

    /** A read timeout per byte does not end such a response. */
    @Test
    void failsByTheDeadlineWhenAResponseDrips() {
        BIG_QUERY.answer(BigQueryStub.stored().withChunkedDribbleDelay(40, 4_000));
        assertNotStored(Duration.ofMillis(300), Cause.UNAVAILABLE, "BigQuery did not confirm the row in time");
    }

    @Test
    void failsByTheDeadlineDuringAnOutage() {
        BIG_QUERY.answer(error(503, "backendError"));
        assertNotStored(TIME, Cause.UNAVAILABLE, "BigQuery responded 503 backendError");
        assertThat(insertIds()).hasSizeBetween(3, 15).containsOnly(row.id());
    }

    @Test
    void retriesOnlyWithEnoughTime() {
        insert(); // warm from here on
        BIG_QUERY.newRequests();
        BIG_QUERY.answer(error(503, "backendError"));
        assertNotStored(Duration.ofMillis(99), Cause.UNAVAILABLE, "BigQuery responded 503 backendError");
        assertThat(insertIds()).containsOnlyOnce(row.id());
    }

    @Test
    void failsOnlyTheRejectedRowOfABatch() {
        Row bad = Payload.receivedNow();
        BIG_QUERY.failRejected(bad.id());
        List<CompletableFuture<Void>> results = insertTogether(bad);
        assertFails(results.get(BAD), Cause.REJECTED, "BigQuery rejected the row: invalid at application");
        for (int i = 0; i < results.size(); i++) {
            if (i != BAD) {
                assertThat(results.get(i)).succeedsWithin(TIMEOUT);
            }
        }
        assertThat(BIG_QUERY.newRequests())
                .as("calls, so that it had neighbours")
                .hasSizeLessThan(results.size());
    }

    /** A 400 is usually not about a row. A row that gets it alone is parked, where an operator looks at it. */
    @Test
    void rejectsARowOnlyIfItsOwnCallIsRejected() {
        Row bad = Payload.receivedNow();
        BIG_QUERY.poison(bad.id());
        assertFails(
                rowStore.insert(bad, Deadline.after(TIME)).toCompletableFuture(),
                Cause.REJECTED,
                "BigQuery responded 400 invalid");
        assertFails(insertTogether(bad).get(BAD), Cause.UNAVAILABLE, "BigQuery responded 400 invalid");
    }

    /** Inserts rows concurrently, one of which BigQuery rejects. */
    private List<CompletableFuture<Void>> insertTogether(Row bad) {
        List<Row> rows = IntStream.range(0, 20)
                .mapToObj(i -> i == BAD ? bad : Payload.receivedNow())
                .toList(); // all of them before the first is inserted: a millisecond apart, they would not be together
        Deadline deadline = Deadline.after(TIMEOUT);
        return rows.stream()
                .map(row -> rowStore.insert(row, deadline).toCompletableFuture())
                .toList();
    }

    @Test
    void namesAMissingTable() {
        BIG_QUERY.answer(error(404, "notFound"));
        assertNotStored(
                TIME,
                Cause.UNAVAILABLE,
                "BigQuery table demo.stats.events not found; create it from events.schema.json");
        assertThat(insertIds()).containsOnlyOnce(row.id());
    }

    @ParameterizedTest
    @CsvSource({"401,401 authError", "403,403 accessDenied"})
    void namesAForbiddenTable(int status, String codes) {
        BIG_QUERY.answer(error(status, codes.substring(4)));
        assertNotStored(
                TIME,
                Cause.UNAVAILABLE,
                "BigQuery denies access to demo.stats.events (%s); unless this is a quota, grant bigquery.tables.updateData on the table"
                        .formatted(codes));
        assertThat(insertIds()).containsOnlyOnce(row.id());
    }

    @Test
    void failsARejectedRow() {
        BIG_QUERY.answer(BigQueryStub.insertError("invalid", "application.pipeline_count", "secret"));
        assertNotStored(TIME, Cause.REJECTED, "BigQuery rejected the row: invalid at application.pipeline_count");
        assertThat(insertIds()).containsOnlyOnce(row.id());
    }

    @Test
    void treatsAStoppedRowAsRetryable() {
        BIG_QUERY.answer(BigQueryStub.insertError("stopped", "", "secret"));
        assertNotStored(TIME, Cause.OVERLOADED, "BigQuery rejected the row: stopped at ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "[1]", ""})
    void failsOnAResponseThatIsNotJson(String body) {
        BIG_QUERY.answer(okJson(body));
        assertNotStored(TIME, Cause.UNAVAILABLE, "BigQuery responded 200 with an invalid body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"insertErrors\": [{\"errors\": [{}]}]} | BigQuery responded 200 with an invalid body",
                "{\"insertErrors\": [{\"index\": 7}]} | BigQuery rejected a row that it was not sent",
                "{\"insertErrors\": [{\"index\": 7}, {\"index\": 0}]} | BigQuery rejected a row that it was not sent"
            })
    void failsOnAnIncompleteErrorList(String body, String reason) {
        BIG_QUERY.answer(okJson(body));
        assertNotStored(TIME, Cause.UNAVAILABLE, reason);
    }

    private void insert() {
        rowStore.insert(row, Deadline.after(TIMEOUT)).toCompletableFuture().join();
    }

    private void assertNotStored(Duration time, Cause cause, String reason) {
        assertFails(rowStore.insert(row, Deadline.after(time)).toCompletableFuture(), cause, reason);
    }

    private static void assertFails(CompletableFuture<Void> fate, Cause cause, String reason) {
        assertThat(fate)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(WriteFailedException.class, failure -> {
                    assertThat(failure.failure()).isEqualTo(cause);
                    assertThat(failure.reason()).isEqualTo(reason);
                })
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
}
