package io.spinnaker.stats.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.services.storage.Storage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.BrokenChart;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.EventRows;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.gcp.GoogleClients;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.publish.OwnerDecision.InvalidAttributeException;
import io.spinnaker.stats.publish.StorageStub.Written;
import io.spinnaker.stats.site.PublicFiles;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the bucket after successful and failed runs. */
class PublishFunctionTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private static final byte[] DAILY = message("attribute", "ignored");

    private final TestStorage database = TestStorage.duckDb();
    private final StorageStub storage = new StorageStub();
    private final Vertx vertx = Vertx.vertx();
    private final PublishFunction publish = function(database.sqlEngine());

    private PublishFunction function(SqlEngine sqlEngine) {
        return function(sqlEngine, PublishedCharts.exact());
    }

    private PublishFunction function(SqlEngine sqlEngine, Dashboard.Options options) {
        Dashboard dashboard = new Dashboard(sqlEngine, options);
        return new PublishFunction(
                dashboard,
                new PublicFiles(dashboard),
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
    void writesEveryFileOnceAndTheIndexLast() {
        publish.publish(AS_OF, DAILY);

        List<String> names = storage.written().stream().map(Written::object).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("data/versions.json", "data/versions.csv", "data/all.zip")
                .contains("data/versions.svg", "data/versions-dark.svg", "data/features.json", "data/candidates.csv")
                .contains("data/report-2026-10.html", "data/report-2026-10.md", "data/changes.xml", "data/summary.json")
                .anyMatch(name -> name.matches("data/badge-stage-types-.+[.]json"))
                .allMatch(name -> name.startsWith("data/") && ChartFile.isName(name.substring("data/".length())))
                .endsWith("data/index.json");
        JsonNode chart = Json.parse(storage.object("data/versions.json").content());
        assertThat(chart.path("asOf").asText()).isEqualTo("2026-11-22");
        assertThat(chart.at("/rows/0/instances").asInt()).isEqualTo(6);
    }

    @Test
    void setsContentTypeAndCacheControl() {
        publish.publish(AS_OF, DAILY);

        Written json = storage.object("data/versions.json");
        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(json.cacheControl()).isEqualTo("public, max-age=300");
        assertThat(storage.object("data/versions.csv").contentType()).isEqualTo("text/csv; charset=utf-8");
        assertThat(storage.object("data/versions.svg").contentType()).isEqualTo("image/svg+xml");
        assertThat(storage.object("data/changes.xml").contentType()).isEqualTo("application/atom+xml; charset=utf-8");
        assertThat(storage.object("data/report-2026-10.html").contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(storage.object("data/report-2026-10.md").contentType()).isEqualTo("text/markdown; charset=utf-8");
    }

    @Test
    void writesTheSameBytesWhenRepeated() {
        publish.publish(AS_OF, DAILY);
        List<Written> first = storage.written();
        publish.publish(AS_OF, DAILY);
        assertThat(storage.written()).hasSize(2 * first.size()).endsWith(first.toArray(Written[]::new));
    }

    @Test
    void isIdempotentUnderConcurrency() {
        IntStream.range(0, 2)
                .mapToObj(run -> CompletableFuture.runAsync(() -> publish.publish(AS_OF, DAILY)))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(storage.written())
                .allSatisfy(
                        object -> assertThat(storage.object(object.object())).isEqualTo(object));
    }

    @Test
    void keepsAMonthThatIsPublished() {
        publish.publish(AS_OF, DAILY);
        String published = storage.object("data/versions.csv").content();
        database.setEvents(eventsOf(11));
        publish.publish(AS_OF, DAILY);
        assertThat(storage.object("data/versions.csv").content()).isEqualTo(published);
    }

    @Test
    void drawsAMonthAgainWhenAnOwnerSaysSo() {
        publish.publish(AS_OF, DAILY);
        database.setEvents(eventsOf(11));
        publish.publish(AS_OF, message("redraw", "2026-10"));
        assertThat(Json.parse(storage.object("data/versions.json").content())
                        .at("/rows/0/instances")
                        .asInt())
                .isEqualTo(11);
    }

    /** The run succeeds, because Pub/Sub would repeat a failed one in vain; an alert reads the log. */
    @Test
    void holdsAMonthThatLooksInventedUntilAnOwnerReleasesIt() {
        Dashboard.Options checked = new Dashboard.Options(
                5, false, true, null, PublishedCharts.exact().licence(), null, null);
        PublishFunction function = function(database.sqlEngine(), checked);
        List<JsonNode> events = new ArrayList<>(eventsOf(6));
        IntStream.range(0, 10)
                .mapToObj(i -> EventRows.payload(0).by(1).at("2026-10-29T12:0" + i + ":00Z"))
                .forEach(events::add);
        database.setEvents(events);

        function.publish(AS_OF, DAILY);
        assertThat(Json.parse(storage.object("data/versions.json").content()).path("rows"))
                .isEmpty();
        assertThat(storage.object("data/index.json"))
                .as("the rest is published")
                .isNotNull();

        function.publish(AS_OF, message("release", "2026-10"));
        assertThat(Json.parse(storage.object("data/versions.json").content()).path("rows"))
                .isNotEmpty();
    }

    /** Pub/Sub would deliver a failed message again, for a day, in vain. */
    @ParameterizedTest
    @CsvSource({"release, October", "redraw, October", "redraw, 2062-10", "redraw, '2026-09,2026-10'"})
    void ignoresADecisionThatCannotBeExecuted(String attribute, String value) {
        publish.publish(AS_OF, message(attribute, value));
        assertThat(storage.written()).isEmpty();
    }

    @Test
    void explainsADecisionThatIsNotAMonth() {
        assertThatExceptionOfType(InvalidAttributeException.class)
                .isThrownBy(() -> OwnerDecision.of(message("release", "October")))
                .withMessage("message attribute release is not a month; expected one such as 2026-10");
        assertThat(OwnerDecision.of(message("release", "2026-08,2026-09")).release())
                .containsExactlyInAnyOrder(YearMonth.of(2026, 8), YearMonth.of(2026, 9));
    }

    /** Each delivery would draw the month from the events of that moment. */
    @Test
    void drawsAMonthAgainOnlyOnce() {
        publish.publish(AS_OF, DAILY);
        storage.failObjects("/versions.json");
        publish.publish(AS_OF, message("redraw", "2026-10"));
    }

    private static byte[] message(String attribute, String value) {
        return "{\"message\":{\"attributes\":{\"%s\":\"%s\"}}}"
                .formatted(attribute, value)
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 0.99})
    void keepsTheOldIndexAfterAFailure(double way) {
        publish.publish(AS_OF.minusDays(1), DAILY);
        Written index = storage.object("data/index.json");

        storage.fail(403, (int) (way * storage.written().size()));
        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF, DAILY));
        assertThat(storage.object("data/index.json")).isEqualTo(index);

        storage.recover();
        publish.publish(AS_OF, DAILY);
        assertThat(Json.parse(storage.object("data/index.json").content())
                        .path("asOf")
                        .asText())
                .isEqualTo("2026-11-22");
    }

    @Test
    void publishesOtherChartsIfOneCannotBeDrawn() {
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> function(new BrokenChart(database.sqlEngine(), "version-adoption"))
                        .publish(AS_OF, DAILY))
                .withMessage("DuckDB reports Binder Error");
        assertThat(rows("version-adoption")).isZero();
        assertThat(rows("versions")).isPositive();

        publish.publish(AS_OF, DAILY);
        assertThat(rows("version-adoption")).isPositive();
    }

    @Test
    void publishesOtherFilesIfOneCannotBeWritten() {
        publish.publish(AS_OF.minusDays(1), DAILY);
        storage.failObjects("/versions.json");

        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF, DAILY));
        assertThat(asOf("versions")).isEqualTo("2026-11-21");
        assertThat(List.of(asOf("version-adoption"), asOf("stage-types"), asOf("index")))
                .containsOnly("2026-11-22");

        storage.recover();
        publish.publish(AS_OF, DAILY);
        assertThat(asOf("versions")).isEqualTo("2026-11-22");
    }

    @Test
    void writesNoFileThatTheServiceWouldNotServe() {
        publish.publish(AS_OF.minusDays(1), DAILY);
        database.sqlEngine()
                .replace(
                        DerivedTable.CHART_POINTS,
                        "FALSE",
                        "SELECT 'versions' AS chart, DATE '2026-10-01' AS period, repeat('x', 2000) || i AS label, 5 AS instances,"
                                + " NULL AS regular, NULL AS failing, NULL AS share FROM range(600) AS points(i)");

        assertThatExceptionOfType(UploadFailedException.class)
                .isThrownBy(() -> publish.publish(AS_OF, DAILY))
                .withMessageMatching("versions.json has [0-9]{7} bytes; the limit is 1048576");
        assertThat(asOf("versions")).isEqualTo("2026-11-21");
        assertThat(asOf("index")).isEqualTo("2026-11-22");
    }

    @Test
    void stopsIfManyFilesCannotBeWritten() {
        storage.failObjects(".json");
        assertThatExceptionOfType(UploadFailedException.class).isThrownBy(() -> publish.publish(AS_OF, DAILY));
        assertThat(storage.written()).isEmpty();
    }

    private int rows(String chart) {
        return Json.parse(storage.object("data/" + chart + ".json").content())
                .path("rows")
                .size();
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
                .isThrownBy(() -> publish.publish(AS_OF, DAILY))
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

    /** Events of the given number of instances, on two days of the month before. */
    private static List<JsonNode> eventsOf(int instances) {
        return Stream.of("2026-10-30", "2026-10-31")
                .flatMap(day -> IntStream.range(0, instances)
                        .mapToObj(instance -> EventRows.payload(0)
                                .by(instance)
                                .version("1.36.1")
                                .at(day + "T12:00:00Z")))
                .toList();
    }
}
