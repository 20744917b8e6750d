package faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Runs the native executable for an hour at 500 events/s while faults come and go. In the first half, processes are ended
 * and started again. Prints the counts once a minute, and at the end how memory and open files changed in the life of
 * each process. The exit code is 1 if a guarantee was violated. {@code bench/README.md} lists the guarantees.
 */
final class Soak {

    private static final double EVENTS_PER_SECOND = 500;
    private static final int CONNECTIONS = 256;
    private static final int FAULTS_PER_RESTART = 5;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** Age of events to settle. A fake server delays the rows of abandoned calls by less. */
    private static final long SETTLED_AFTER = 3 * MINUTE;

    private static final List<String> RESTARTS = List.of("sigterm", "kill", "restart");

    private static final double MAX_PEAK_MIB = 256;
    private static final double MAX_GROWTH_MIB = 48;
    private static final double MAX_GROWTH_FILES = 64;

    /** Samples of a process whose open files are compared. */
    private static final int FEW_SAMPLES = 9;

    /** Samples of a process whose memory is compared. It depends on the faults, so all must come in each third. */
    private static final int MANY_SAMPLES = 3 * Fault.ALL.size();

    /** Figures of a process after a fault. */
    private record Sample(double mib, double files) {}

    private final Random random;
    private final long duration;
    private final TestHarness harness;
    private final List<Fault> queue = new ArrayList<>(); // faults to come, in random order
    private final List<List<Sample>> processes = new ArrayList<>();

    private Soak(long seed, double minutes, int faultMs) throws Exception {
        random = new Random(seed);
        duration = (long) (minutes * MINUTE);
        harness = new TestHarness(faultMs, 0);
    }

    public static void main(String[] argv) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Arguments arguments = new Arguments(argv);
        boolean isShort = arguments.hasFlag("--short");
        double minutes = arguments.number("--minutes", isShort ? 1.7 : 60);
        long seed = (long) arguments.number("--seed", System.currentTimeMillis());
        arguments.names(List.of());
        System.out.printf("Seed of the faults: %d (repeat with --seed)%n%n", seed);
        Soak soak = new Soak(seed, minutes, isShort ? 3_000 : 8_000);
        try (TestHarness closing = soak.harness) {
            soak.run();
            soak.printProcesses();
            closing.check(Outcome.FORBIDDEN);
            if (!closing.violations.isEmpty()) {
                Arguments.fail(String.join(System.lineSeparator(), closing.violations));
            }
        }
    }

    private void run() throws Exception {
        System.out.println(Faults.tableHeader("minute | faults", "slowest response ms | MiB | open files"));
        long start = System.nanoTime();
        long minuteStart = start;
        List<String> names = new ArrayList<>();
        processes.add(new ArrayList<>());
        try (LoadGenerator load = harness.startLoad(CONNECTIONS, EVENTS_PER_SECOND, harness.events::next)) {
            for (int count = 1; System.nanoTime() - start < duration; count++) {
                boolean mayRestart = System.nanoTime() - start < duration / 2;
                Fault fault = next(mayRestart && count % FAULTS_PER_RESTART == 0);
                names.add(fault.name());
                inject(fault);
                if (System.nanoTime() - minuteStart > MINUTE) {
                    printRow(System.nanoTime() - start, names, minuteStart);
                    names.clear();
                    minuteStart = System.nanoTime();
                    harness.ledger.settle(minuteStart - SETTLED_AFTER);
                }
            }
        }
        printRow(System.nanoTime() - start, names, minuteStart);
    }

    /** Returns a fault at random. Each comes once before one comes again, except those that restart the service. */
    private Fault next(boolean restarts) {
        List<Fault> candidates = new ArrayList<>(Fault.ALL);
        candidates.removeIf(fault -> RESTARTS.contains(fault.name()) != restarts);
        if (restarts) {
            return candidates.get(random.nextInt(candidates.size()));
        }
        if (queue.isEmpty()) {
            queue.addAll(candidates);
            Collections.shuffle(queue, random);
        }
        return queue.removeLast();
    }

    /** Injects a fault, waits until the service has recovered, and takes a sample. */
    private void inject(Fault fault) throws Exception {
        ServiceProcess before = harness.service;
        harness.inject(fault);
        long from = System.nanoTime();
        do {
            Thread.sleep(harness.faultMs / 3);
        } while (Double.isNaN(harness.ledger.firstStoredMs(from)) && System.nanoTime() - from < MINUTE);
        if (harness.service != before) {
            processes.add(new ArrayList<>());
        }
        processes.getLast().add(new Sample(harness.service.residentMib(), harness.service.openFiles()));
    }

    private void printRow(long elapsed, List<String> names, long minuteStart) {
        Sample last = processes.getLast().getLast();
        System.out.println(Faults.tableRow(
                harness.ledger,
                "%.1f | %s".formatted((double) elapsed / MINUTE, String.join(", ", names)),
                "%.0f | %.0f | %.0f".formatted(harness.ledger.percentileMs(1, minuteStart), last.mib, last.files)));
    }

    private void printProcesses() {
        System.out.printf(
                "%n| process | samples | MiB | MiB in the first, last third | open files | open files in the first, last third |%n");
        System.out.println("|--:|--:|--:|--:|--:|--:|");
        for (int i = 0; i < processes.size(); i++) {
            List<Sample> samples = processes.get(i);
            System.out.printf(
                    "| %d | %d | %s | %s |%n",
                    i + 1,
                    samples.size(),
                    describe(samples, Sample::mib, MANY_SAMPLES, MAX_GROWTH_MIB, "MiB"),
                    describe(samples, Sample::files, FEW_SAMPLES, MAX_GROWTH_FILES, "open files"));
        }
        System.out.printf("%nPeak memory: %.0f MiB%n", harness.peakMib());
        if (harness.peakMib() > MAX_PEAK_MIB) {
            harness.violations.add("peak memory is over " + MAX_PEAK_MIB + " MiB");
        }
    }

    /** Returns two table cells. Adds a violation if a figure grows from the first to the last third of a long life. */
    private String describe(
            List<Sample> samples, ToDoubleFunction<Sample> figure, int minSamples, double maxGrowth, String unit) {
        double[] values = samples.stream().mapToDouble(figure).toArray();
        int third = Math.ceilDiv(values.length, 3);
        double first = median(Arrays.copyOf(values, third));
        double last = median(Arrays.copyOfRange(values, values.length - third, values.length));
        if (values.length >= minSamples && last - first > maxGrowth) {
            harness.violations.add("%s grew from %.0f to %.0f".formatted(unit, first, last));
        }
        Arrays.sort(values);
        return "%.0f / **%.0f** / %.0f | %.0f, %.0f"
                .formatted(values[0], median(values), values[values.length - 1], first, last);
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
