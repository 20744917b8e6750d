package faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Injects faults and checks what happens to events. The native executable runs between clients that record its
 * responses and fake BigQuery and Pub/Sub servers that record what is stored. Prints one table row per fault. The exit
 * code is 1 if a guarantee was violated. {@code docs/guarantees.md} lists the faults.
 */
final class Faults {

    private static final int CONNECTIONS = 16;

    private Faults() {}

    public static void main(String[] argv) throws Exception {
        Arguments arguments = new Arguments(argv);
        int faultMs = arguments.hasFlag("--short") ? 500 : 8_000;
        List<String> names = arguments.names(Fault.ALL.stream().map(Fault::name).toList());
        List<String> notes = new ArrayList<>();
        List<String> recoveryTimes = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        System.out.println(tableHeader("fault | what happens", "slowest response ms | peak memory MiB"));
        for (Fault fault : Fault.ALL) {
            if (names.contains(fault.name())) {
                try (TestHarness harness = new TestHarness(faultMs, CONNECTIONS)) { // faults are independent
                    harness.runLoad(harness.warmUpMs);
                    harness.inject(fault);
                    long from = System.nanoTime();
                    harness.runLoad(2 * harness.warmUpMs);
                    recoveryTimes.add("%s %.0f ms".formatted(fault.name(), harness.ledger.firstStoredMs(from)));
                    System.out.println(tableRow(
                            harness.ledger,
                            "`" + fault.name() + "` | " + fault.description(),
                            "%.0f | %.0f".formatted(harness.ledger.percentileMs(1, 0), harness.peakMib())));
                    harness.check(fault.forbidden());
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

    /** Returns the header of a Markdown table with a column for each outcome. */
    static String tableHeader(String before, String after) {
        String columns = Outcome.COLUMNS.stream().map(each -> each.label).collect(Collectors.joining(" | "));
        String first = before.replaceAll("[^|]+", "---");
        return "| %s | %s | %s |%n|%s|%s%s|"
                .formatted(
                        before,
                        columns,
                        after,
                        first,
                        "--:|".repeat(Outcome.COLUMNS.size()),
                        after.replaceAll("[^|]+", "--:"));
    }

    static String tableRow(EventLedger ledger, String before, String after) {
        Stream<String> counts = Outcome.COLUMNS.stream().map(each -> String.valueOf(ledger.count(each)));
        return "| %s | %s | %s |".formatted(before, counts.collect(Collectors.joining(" | ")), after);
    }
}
