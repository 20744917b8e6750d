package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {

    private static final Instant NOW = Instant.parse("2026-11-22T20:15:30.123456789Z");

    @Test
    void hasOnlyColumnsOfTheSchema() {
        assertThat(new String(Row.of(event(1), NOW).json(), StandardCharsets.UTF_8))
                .matches("\\{\"event_id\":\"[0-9a-f-]{36}\",\"received_at\":\"2026-11-22T20:15:30.123456Z\","
                        + "\"content_hash\":\"[0-9a-f]{64}\",\"spinnaker_instance\":\\{\"id\":\"" + Case.SHA + "\"},"
                        + "\"application\":\\{\"id\":\"" + Case.SHA + "\",\"pipeline_count\":1}}");
    }

    @Test
    void idsAreUuidsOfVersion7ThatSortByTime() {
        UUID earlier = UUID.fromString(Row.of(event(1), NOW).id());
        UUID later = UUID.fromString(Row.of(event(1), NOW.plusMillis(1)).id());
        assertThat(earlier.version()).isEqualTo(7);
        assertThat(earlier.variant()).isEqualTo(2);
        assertThat(earlier.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(earlier.toString()).isLessThan(later.toString());
    }

    @Test
    void givesRepeatedEventsDifferentIdsAndTheSameHash() {
        Row first = Row.of(event(1), NOW);
        Row second = Row.of(event(1), NOW.plusSeconds(1));
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(contentHash(first)).isEqualTo(contentHash(second));
    }

    @Test
    void hashesDifferentContentDifferently() {
        assertThat(contentHash(Row.of(event(1), NOW))).isNotEqualTo(contentHash(Row.of(event(2), NOW)));
    }

    @Test
    void readsItsOwnJson() {
        Row row = Row.of(event(1), NOW);
        assertThat(Row.read(row.json())).hasValueSatisfying(read -> {
            assertThat(read.id()).isEqualTo(row.id());
            assertThat(read.json()).isEqualTo(row.json());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{}", "{\"event_id\": 7}", "{\"event_id\": \"0197-not-an-id\"}", "\u0000"
            })
    void rejectsOtherJson(String bytes) {
        assertThat(Row.read(bytes.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static String contentHash(Row row) {
        return Json.parse(new String(row.json(), StandardCharsets.UTF_8))
                .path("content_hash")
                .asText();
    }

    private static Event event(int pipelines) {
        return new Event(
                new SpinnakerInstance(Case.SHA, null, null, null, null, null),
                new Application(Case.SHA, pipelines),
                null);
    }
}
