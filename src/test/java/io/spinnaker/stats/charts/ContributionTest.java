package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One instance, one vote: whatever an instance sends, no number moves by more than one before noise is added. */
class ContributionTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final int INSTANCES = 14;

    private static final List<String> TYPES = List.of("PIPELINE", "ORCHESTRATION", "UNKNOWN", "INVENTED");
    private static final List<String> STATUSES = List.of("SUCCEEDED", "TERMINAL", "CANCELED", "UNKNOWN", "INVENTED");
    private static final List<String> TRIGGERS = List.of("GIT", "MANUAL", "WEBHOOK", "UNKNOWN", "INVENTED");
    private static final List<String> STAGES = List.of("deploy", "wait", "bake", "UNKNOWN", "", "invented");
    private static final List<String> PROVIDERS = List.of("AWS", "GCE", "KUBERNETES", "UNKNOWN", "INVENTED");
    private static final List<String> VERSIONS = List.of("1.9.0", "1.36.1", "2026.2.0", "main-107", "unknown", "own");
    private static final List<String> DEPLOYMENTS = List.of("HALYARD", "OTHER", "NONE", "INVENTED");

    /** Random communities, with what the first instance sends replaced by something else, or by nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void oneInstanceMovesNoNumberByMoreThanOne(long seed) {
        Random random = new Random(seed);
        List<JsonNode> others = new ArrayList<>();
        for (int instance = 1; instance < INSTANCES; instance++) {
            others.addAll(instance(instance, random, seed % 2 == 0 ? 12 : 200)); // so that some use features regularly
        }
        List<Map<String, String>> variants = new ArrayList<>();
        for (int maxEvents : List.of(0, 12, 400)) {
            List<JsonNode> events = new ArrayList<>(others);
            events.addAll(instance(0, random, maxEvents));
            variants.add(PublishedCharts.files(events, AS_OF));
        }
        for (Chart chart : Charts.all()) {
            for (Map<String, String> one : variants) {
                for (Map<String, String> other : variants) {
                    assertMovesByOne(chart, numbers(one, chart), numbers(other, chart));
                }
            }
        }
    }

    private static void assertMovesByOne(Chart chart, Map<String, Long> one, Map<String, Long> other) {
        Set<String> names = new HashSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            long first = one.getOrDefault(name, 4L); // a number that is not shown is below 5
            long second = other.getOrDefault(name, 4L);
            String of = name.substring(0, name.indexOf(' ')) + " of";
            long instances = Math.min(one.getOrDefault(of, 5L), other.getOrDefault(of, 5L));
            long most = name.endsWith(" share") ? 1 + 100 / instances : 1; // a mean, rounded to whole percent
            // a mean, or a label with a release, that is hidden can have any number
            boolean isBounded = !name.endsWith(" share") && !name.contains(" or newer ");
            if (isBounded || (one.containsKey(name) && other.containsKey(name))) {
                assertThat(Math.abs(first - second))
                        .as("%s %s: %d and %d", chart.name(), name, first, second)
                        .isLessThanOrEqualTo(most);
            }
        }
    }

    /** All numbers of a chart, by period, label and name. */
    private static Map<String, Long> numbers(Map<String, String> files, Chart chart) {
        Map<String, Long> numbers = new HashMap<>();
        PublishedCharts.nodes(files, chart.name(), "rows").forEach(row -> {
            for (String number : List.of("instances", "regular", "failing", "share")) {
                if (row.path(number).isNumber()) {
                    numbers.put(
                            row.path("period").asText()
                                    + ' '
                                    + row.path("label").asText()
                                    + ' '
                                    + number,
                            row.path(number).asLong());
                }
            }
        });
        PublishedCharts.nodes(files, chart.name(), "periods").forEach(period -> {
            if (period.path("instances").isNumber()) {
                numbers.put(
                        period.path("period").asText() + " of",
                        period.path("instances").asLong());
            }
        });
        return numbers;
    }

    /** Random events in the two weeks around the end of September. */
    private static List<JsonNode> instance(int instance, Random random, int maxEvents) {
        List<JsonNode> events = new ArrayList<>();
        int number = maxEvents == 0 ? 0 : 2 + random.nextInt(maxEvents);
        for (int i = 0; i < number; i++) {
            EventRows event = EventRows.payload(0)
                    .by(instance)
                    .version(pick(VERSIONS, random))
                    .deployedBy(pick(DEPLOYMENTS, random), "")
                    .application("application " + random.nextInt(20))
                    .execution(pick(TYPES, random), pick(STATUSES, random), pick(TRIGGERS, random));
            for (int stage = random.nextInt(4); stage > 0; stage--) {
                event.stage(pick(STAGES, random), pick(PROVIDERS, random), pick(STATUSES, random));
            }
            events.add(event.at(Instant.parse("2026-09-24T00:00:00Z").plusSeconds(random.nextInt(14 * 86_400))));
        }
        return events;
    }

    private static String pick(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
