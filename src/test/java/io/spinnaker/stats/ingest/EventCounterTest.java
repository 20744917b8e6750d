package io.spinnaker.stats.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCounterTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> counts = new ArrayList<>();
    private final EventCounter counter = new EventCounter(new LogMetrics(vertx) {
        @Override
        public void increment(Metric metric, Map<String, String> labels) {
            counts.add(metric.logName() + " " + labels);
        }

        @Override
        public void add(Metric metric, int number) {
            counts.add(metric.logName() + " " + number);
        }
    });

    @AfterEach
    void close() {
        vertx.close();
    }

    /** Spinnaker itself maps new trigger types, providers and statuses to UNKNOWN, which is worth a line in the log. */
    @ParameterizedTest
    @MethodSource("payloadsWithoutUnknown")
    void countsNothingOfAUsualEvent(Payload payload) throws Exception {
        counter.count(new EventReader().read(payload.body()));
        assertThat(counts).isEmpty();
    }

    static List<Payload> payloadsWithoutUnknown() {
        return Payload.all().stream()
                .filter(payload -> !new String(payload.body(), StandardCharsets.UTF_8).contains("\"UNKNOWN\""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "NOMAD"})
    void countsEachValueThatSuggestsAnEnumHasGrownByFieldWithoutTheName(String name) throws Exception {
        count("""
                {"type": "%1$s", "trigger": {"type": "%1$s"}, "status": "%1$s",
                "stages": [{"status": "%1$s", "cloudProvider": {"id": "%1$s"}}]}
                """.formatted(name));
        assertThat(counts)
                .containsExactly(
                        "unknown_enum_value {field=execution.type}",
                        "unknown_enum_value {field=execution.status}",
                        "unknown_enum_value {field=execution.trigger.type}",
                        "unknown_enum_value {field=execution.stages.status}",
                        "unknown_enum_value {field=execution.stages.cloudProvider.id}");
    }

    @Test
    void countsAtMost20ValuesOfAnEvent() throws Exception {
        count(IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"status\":\"NEW\"}")
                .collect(Collectors.joining(",", "{\"stages\":[", "]}")));
        assertThat(counts).hasSize(20);
    }

    @Test
    void countsDroppedStages() throws Exception {
        count("{\"stages\":[" + "{},".repeat(2_006) + "{}]}");
        assertThat(counts).containsExactly("dropped_stages 7");
    }

    private void count(String execution) throws Exception {
        String event = Case.named("minimal").body();
        String body = event.substring(0, event.length() - 1) + ",\"execution\":" + execution + "}";
        counter.count(new EventReader().read(body.getBytes(StandardCharsets.UTF_8)));
    }
}
