package faults;

import common.CommandLine;
import common.StatsService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Injects faults and checks what happens to events. The native executable runs between clients that record its
 * responses and fake BigQuery and Pub/Sub servers that record what is stored. Prints one table row per fault. The exit
 * code is 1 if an acknowledged event was lost, if one was stored as two, or if a required response was missing or late.
 *
 * <p>{@code ./mvnw package -Dnative && java bench/faults/Faults.java [--short] [FAULT...]} on a JDK of 22 or newer runs
 * all faults or the named ones, each for 8 s, or for 1 s with {@code --short}. All traffic stays on 127.0.0.1.
 */
final class Faults {

    private static final String HEADER = """
            | fault | what happens | sent | 204 | 202 | 503 | other | no response | stored | acknowledged but lost \
            | stored twice, different event_id | slowest response ms | peak memory MiB |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private Faults() {}

    public static void main(String[] arguments) throws Exception {
        CommandLine commandLine = CommandLine.parse(
                arguments, "fault", Fault.ALL.stream().map(Fault::name).toList());
        CommandLine.requireFile(StatsService.EXECUTABLE, StatsService.BUILD_COMMAND);
        Phases phases = commandLine.isShort() ? Phases.SHORT : Phases.FULL;
        EventGenerator events = new EventGenerator();
        List<String> notes = new ArrayList<>();
        List<String> recoveryTimes = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        System.out.println(HEADER);
        for (Fault fault : Fault.ALL) {
            if (!commandLine.names().contains(fault.name())) {
                continue;
            }
            try (TestHarness harness = new TestHarness(events, phases)) {
                fault.scenario().run(harness);
                System.out.println(tableRow(fault, harness));
                harness.notes().forEach(note -> notes.add(fault.name() + ": " + note));
                if (harness.recoveryTime() != null) {
                    recoveryTimes.add(fault.name() + " " + harness.recoveryTime());
                }
                harness.violations(fault.mustRespond())
                        .forEach(violation -> violations.add(fault.name() + ": " + violation));
            }
        }
        if (!recoveryTimes.isEmpty()) {
            notes.add("from the end of the fault to the first 204: " + String.join(", ", recoveryTimes));
        }
        System.out.println();
        notes.forEach(note -> System.out.println("- " + note));
        if (!violations.isEmpty()) {
            CommandLine.fail(String.join(System.lineSeparator(), violations));
        }
    }

    private static String tableRow(Fault fault, TestHarness harness) {
        EventLedger ledger = harness.ledger();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.0f | %.0f |",
                fault.name(),
                fault.description(),
                ledger.requests().count(),
                ledger.withStatus(204),
                ledger.withStatus(202),
                ledger.withStatus(503),
                ledger.withOtherStatus(),
                ledger.withoutResponse(),
                ledger.stored(),
                ledger.lost(),
                ledger.duplicated(),
                ledger.slowestMs(),
                harness.service().peakMib());
    }
}
