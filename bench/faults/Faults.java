import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of events when things go wrong: the native executable runs between a client that counts what was
 * acknowledged and stand-ins for BigQuery and Pub/Sub that count what was stored, and each fault in turn is done to it.
 * Prints a line a fault, and ends with 1 when an acknowledged event was lost, one was stored as two, or one that had to
 * be answered was not.
 *
 * <p>{@code ./mvnw package -Dnative && java bench/faults/Faults.java [--short] [NAME...]} on a JDK of 22 or newer: all
 * faults or the named ones, for 8 s of each or for 1 s. Everything stays on 127.0.0.1.
 */
final class Faults {

    private static final String HEADER = """
            | fault | sent | 204 | 202 | 503 | other | unanswered | stored | acknowledged but lost \
            | stored twice, another event_id | slowest answer ms | peak memory MiB |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";

    private Faults() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        Timing timing = names.remove("--short") ? Timing.SHORT : Timing.FULL;
        List<Fault> faults = chosen(names);
        if (!Files.exists(Service.EXECUTABLE)) {
            fail(Service.EXECUTABLE + " is missing: ./mvnw package -Dnative");
        }
        Events events = new Events(Path.of("src/test/resources/contract/payloads"));
        List<String> notes = new ArrayList<>();
        List<String> recoveries = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        System.out.println(HEADER);
        for (Fault fault : faults) {
            try (Rig rig = new Rig(events, timing)) {
                fault.course().run(rig);
                System.out.println(line(fault, rig));
                rig.notes().forEach(note -> notes.add(fault.name() + ": " + note));
                if (rig.recovery() != null) {
                    recoveries.add(fault.name() + " " + rig.recovery());
                }
                rig.broken(fault.mustAnswer()).forEach(promise -> broken.add(fault.name() + ": " + promise));
            }
        }
        if (!recoveries.isEmpty()) {
            notes.add("first 204 after healing: " + String.join(", ", recoveries));
        }
        System.out.println();
        notes.forEach(note -> System.out.println("- " + note));
        if (!broken.isEmpty()) {
            fail(String.join(System.lineSeparator(), broken));
        }
    }

    private static List<Fault> chosen(List<String> names) {
        List<String> known = Fault.ALL.stream().map(Fault::name).toList();
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            fail("no fault is called " + String.join(", ", unknown) + "; there are " + String.join(", ", known));
        }
        return Fault.ALL.stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .toList();
    }

    private static String line(Fault fault, Rig rig) {
        Tally tally = rig.tally();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.0f | %.0f |",
                fault.name(),
                tally.posts().count(),
                tally.answered(204),
                tally.answered(202),
                tally.answered(503),
                tally.answeredOtherwise(),
                tally.unanswered(),
                tally.stored(),
                tally.lost(),
                tally.doubled(),
                tally.slowestMs(),
                rig.service().peakMib());
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
