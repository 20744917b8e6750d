package faults;

import common.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Injects faults and checks what happens to events. The native executable runs between clients that record its
 * responses and fake BigQuery and Pub/Sub servers that record what is stored. Prints one table row per fault. The exit
 * code is 1 if a guarantee was violated. {@code bench/README.md} lists the faults.
 */
final class Faults {

    private static final String HEADER = """
            | fault | what happens | sent | 204 | 202 | 503 | other | no response | stored | acknowledged but lost \
            | stored twice, different event_id | slowest response ms | peak memory MiB |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private Faults() {}

    public static void main(String[] argv) throws Exception {
        Arguments arguments = new Arguments(argv);
        boolean isShort = arguments.hasFlag("--short");
        List<String> names = arguments.names(Fault.ALL.stream().map(Fault::name).toList());
        EventGenerator events = new EventGenerator();
        List<String> notes = new ArrayList<>();
        List<String> recoveryTimes = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        System.out.println(HEADER);
        for (Fault fault : Fault.ALL) {
            if (names.contains(fault.name())) {
                try (TestHarness harness = new TestHarness(events, isShort)) {
                    recoveryTimes.add("%s %.0f ms".formatted(fault.name(), harness.run(fault.scenario())));
                    System.out.println(tableRow(fault, harness));
                    for (Guarantee guarantee : fault.guarantees()) {
                        long count = guarantee.violations.applyAsLong(harness.ledger);
                        if (count > 0) {
                            harness.violations.add(count + " " + guarantee.violation);
                        }
                    }
                    harness.notes.forEach(note -> notes.add(fault.name() + ": " + note));
                    harness.violations.forEach(violation -> violations.add(fault.name() + ": " + violation));
                }
            }
        }
        notes.add("from the end of the fault to the first 204 (NaN: later than the recovery lasts): "
                + String.join(", ", recoveryTimes));
        notes.forEach(note -> System.out.printf("%n- %s", note));
        System.out.println();
        if (!violations.isEmpty()) {
            Arguments.fail(String.join(System.lineSeparator(), violations));
        }
    }

    private static String tableRow(Fault fault, TestHarness harness) {
        EventLedger ledger = harness.ledger;
        Object[] cells = {
            fault.name(),
            fault.description(),
            ledger.count(request -> true),
            ledger.withStatus(204),
            ledger.withStatus(202),
            ledger.withStatus(503),
            ledger.count(Faults::hasOtherStatus),
            ledger.withStatus(EventLedger.NO_RESPONSE),
            ledger.stored(),
            ledger.lost(),
            ledger.duplicated(),
            Math.round(ledger.percentileMs(1, 0)),
            Math.round(harness.peakMib())
        };
        return Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static boolean hasOtherStatus(EventLedger.Request request) {
        return !List.of(204, 202, 503, EventLedger.NO_RESPONSE).contains(request.status());
    }
}
