package io.spinnaker.stats.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.services.storage.Storage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.BrokenChart;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.EventRows;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.gcp.GoogleClients;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.publish.StorageStub.Written;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the bucket after successful and failed runs. */
class PublishFunctionTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final TestStorage database = TestStorage.duckDb();
    private final StorageStub storage = new StorageStub();
    private final Vertx vertx = Vertx.vertx();
    private final PublishFunction publish = function(database.sqlEngine());

    private PublishFunction function(SqlEngine sqlEngine) {
        return new PublishFunction(
                new Dashboard(sqlEngine, new Dashboard.Options(5, Dashboard.Options.DEFAULT_LOOKBACK_DAYS, 730, null)),
                new PublicBucket(StorageStub.BUCKET, cloudStorage(storage.baseUrl())),
                new LogMetrics(vertx),
                Clock.systemUTC());
    }

    @BeforeEach
    void send() {
        database.setEvents(eventsOf(6));
    }

    @AfterEach
    void close() {
        database.close();
        storage.close();
        vertx.close();
    }

    @Test
    void writesDatedCopiesFirstAndTheIndexLast() {
        publish.publish(AS_OF);

        List<String> names = storage.written().stream().map(Written::object).toList();
        int half = names.size() / 2;
        assertThat(names.subList(0, half))
                .contains("data/2026-11-22/versions.json", "data/2026-11-22/versions.csv")
                .allMatch(name -> name.startsWith("data/2026-11-22/"))
                .endsWith("data/2026-11-22/index.json");
        assertThat(names.subList(half, names.size()))
                .containsExactlyElementsOf(names.subList(0, half).stream()
                        .map(name -> name.replace("2026-11-22/", ""))
                        .toList());
    }

    @Test
    void writesEveryFile() {
        publish.publish(AS_OF);

        JsonNode chart = Json.parse(storage.object("data/versions.json").content());
        assertThat(chart.path("asOf").asText()).isEqualTo("2026-11-22");
        assertThat(chart.at("/rows/0/instances").asInt()).isEqualTo(5);
        assertThat(storage.object("data/2026-11-22/versions.json").content())
                .isEqualTo(storage.object("data/versions.json").content());
    }

    @Test
    void setsContentTypeAndCacheControl() {
        publish.publish(AS_OF);

        Written json = storage.object("data/versions.json");
        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(json.cacheControl()).isEqualTo("public, max-age=300");
        assertThat(storage.object("data/versions.csv").contentType()).isEqualTo("text/csv; charset=utf-8");
    }

    @Test
    void writesTheSameBytesWhenRepeated() {
        publish.publish(AS_OF);
        List<Written> first = storage.written();
        publish.publish(AS_OF);
        assertThat(storage.written()).hasSize(2 * first.size()).endsWith(first.toArray(Written[]::new));
    }

    @Test
    void isIdempotentUnderConcurrency() {
        IntStream.range(0, 2)
                .mapToObj(run -> CompletableFuture.runAsync(() -> publish.publish(AS_OF)))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(storage.written())
                .allSatisfy(
                        object -> assertThat(storage.object(object.object())).isEqualTo(object));
    }

    @Test
    void publishesLateEvents() {
        publish.publish(AS_OF);
        database.setEvents(eventsOf(11));
        publish.publish(AS_OF);
        assertThat(Json.parse(storage.object("data/versions.json").content())
                        .at("/rows/0/instances")
                        .asInt())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 0.99})
    void keepsTheOldIndexAfterAFailure(double way) {
        publish.publish(AS_OF.minusDays(1));
        Written index = storage.object("data/index.json");

        storage.fail(403, (int) (way * storage.written().size()));
        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF));
        assertThat(storage.object("data/index.json")).isEqualTo(index);

        storage.recover();
        publish.publish(AS_OF);
        assertThat(Json.parse(storage.object("data/index.json").content())
                        .path("asOf")
                        .asText())
                .isEqualTo("2026-11-22");
    }

    @Test
    void publishesOtherChartsIfOneCannotBeComputed() {
        publish.publish(AS_OF.minusDays(1));
        Written old = storage.object("data/versions.json");
        database.setEvents(eventsOf(11));

        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> function(new BrokenChart(database.sqlEngine(), "versions"))
                        .publish(AS_OF))
                .withMessage("DuckDB reports Binder Error");
        assertThat(storage.object("data/versions.json")).isEqualTo(old);
        assertThat(List.of(asOf("version-adoption"), asOf("stage-types"), asOf("index")))
                .containsOnly("2026-11-22");

        publish.publish(AS_OF);
        assertThat(asOf("versions")).isEqualTo("2026-11-22");
    }

    @Test
    void publishesOtherChartsIfOneCannotBeWritten() {
        publish.publish(AS_OF.minusDays(1));
        storage.failObjects("/versions.json");

        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF));
        assertThat(asOf("versions")).isEqualTo("2026-11-21");
        assertThat(storage.object("data/versions.csv").content())
                .as("files of one chart agree")
                .contains("2026-11-21,");
        assertThat(List.of(asOf("version-adoption"), asOf("stage-types"), asOf("index")))
                .containsOnly("2026-11-22");

        storage.recover();
        publish.publish(AS_OF);
        assertThat(asOf("versions")).isEqualTo("2026-11-22");
    }

    @Test
    void writesNoFileThatTheServiceWouldNotServe() {
        publish.publish(AS_OF.minusDays(1));
        database.sqlEngine()
                .replace(
                        DerivedTable.CHART_POINTS,
                        "FALSE",
                        "SELECT 'versions' AS chart, DATE '2026-09-01' AS period, 'label ' || i AS label, 5 AS instances,"
                                + " 5 AS count, 0 AS part, 5 AS of_instances FROM range(30000) AS points(i)");

        assertThatExceptionOfType(UploadFailedException.class)
                .isThrownBy(() -> publish.publish(AS_OF))
                .withMessageMatching("versions.json has [0-9]{7} bytes; the service serves files of up to 2097152");
        assertThat(asOf("versions")).isEqualTo("2026-11-21");
        assertThat(asOf("index")).isEqualTo("2026-11-22");
    }

    @Test
    void stopsIfManyChartsCannotBeWritten() {
        storage.failObjects(".json");
        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF));
        assertThat(storage.written()).isEmpty();
    }

    private String asOf(String chart) {
        return Json.parse(storage.object("data/" + chart + ".json").content())
                .path("asOf")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | Cloud Storage denies access to the bucket stats-public (403 forbidden); unless this is a quota, grant storage.objects.create and storage.objects.delete on it",
                "404 | Cloud Storage bucket stats-public not found",
                "400 | Cloud Storage responded 400 forbidden"
            })
    void explainsFailuresWithoutQuotingThem(int status, String reason) {
        storage.fail(status, 0);
        assertThatExceptionOfType(UploadFailedException.class)
                .isThrownBy(() -> publish.publish(AS_OF))
                .withMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs://stats-public", "a/b", "", "Stats"})
    void rejectsInvalidBucketName(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new PublicBucket(name, cloudStorage("http://127.0.0.1:1")))
                .withMessage("stats.publish.bucket is not a valid bucket name; write it without gs://");
    }

    private static Storage cloudStorage(String url) {
        return GoogleClients.withoutCredentials().cloudStorage(URI.create(url), "host");
    }

    /** Events of the given number of instances, all on one day of the month before. */
    private static List<JsonNode> eventsOf(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(instance ->
                        EventRows.payload(0).by(instance).version("1.36.1").at("2026-10-31T12:00:00Z"))
                .toList();
    }
}
