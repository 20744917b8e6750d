import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * What a month costs, from 10,000 to a billion events in it: Cloud Run, BigQuery, what Pub/Sub and the network add, and
 * where the first cent falls. Prints Markdown.
 *
 * <p>{@code java bench/Cost.java [CPU_MS_PER_REQUEST]}: as {@code bench/compare} measured it, or 0.25.
 *
 * <p>List prices in US dollars as Google published them in 2025, for us-central1 and BigQuery's US, without taxes and
 * discounts. Beside each stands the page to check it on.
 */
final class Cost {

    private static final double MONTH_SECONDS = 30 * 24 * 3600;
    private static final double GIB = 1L << 30;

    // "Cloud Run pricing", services, request-based billing, Tier 1; free: a month and a billing account
    private static final double VCPU_SECOND = 0.000024;
    private static final double FREE_VCPU_SECONDS = 180_000;
    private static final double GIB_SECOND = 0.0000025;
    private static final double FREE_GIB_SECONDS = 360_000;
    private static final double REQUEST = 0.40 / 1_000_000;
    private static final double FREE_REQUESTS = 2_000_000;
    private static final double BILLED_STEP_SECONDS = 0.1;

    // "Cloud Run pricing", services, instance-based billing, Tier 1: a request costs nothing, an idle instance does
    private static final double ALWAYS_VCPU_SECOND = 0.000018;
    private static final double FREE_ALWAYS_VCPU_SECONDS = 240_000;
    private static final double ALWAYS_GIB_SECOND = 0.000002;
    private static final double FREE_ALWAYS_GIB_SECONDS = 450_000;

    // "VPC network pricing", Premium Tier from North America; the first GiB is Cloud Run's free tier
    private static final double EGRESS_GIB = 0.12;
    private static final double FREE_EGRESS_GIB = 1;

    // "BigQuery pricing", data ingestion, streaming inserts (tabledata.insertAll): nothing is free; 1 KiB a row at
    // least
    private static final double STREAMED_BYTE = 0.01 / (200 * (1 << 20));

    // "BigQuery pricing", logical storage; long-term: a partition that nothing was written to for 90 days
    private static final double ACTIVE_GIB_MONTH = 0.02;
    private static final double LONG_TERM_GIB_MONTH = 0.01;
    private static final double FREE_STORED_GIB = 10;
    private static final int ACTIVE_MONTHS = 3;
    private static final int KEPT_MONTHS = 12;

    // assumed
    private static final double VCPU = 1;
    private static final double MEMORY_GIB = 0.5;
    private static final double CONCURRENCY = 80; // Cloud Run's default
    private static final double UTILISATION = 0.6; // where Cloud Run adds an instance
    private static final double REQUEST_SECONDS = 0.05; // most of it BigQuery's
    private static final double ANSWER_BYTES = 250; // with headers and TLS

    // of the payloads in src/test/resources/contract, as BigQuery counts the bytes of a row
    private static final double STREAMED_ROW_BYTES = 1_060; // with 1 KiB for those that are smaller
    private static final double STORED_ROW_BYTES = 525;

    private final double cpuSeconds;

    private final List<Item> items = List.of(
            new Item("CPU", this::cpu),
            new Item("memory", this::memory),
            new Item("requests", Cost::requests),
            new Item("answers", Cost::answers),
            new Item("streaming", Cost::streaming),
            new Item("storage", Cost::storage));

    private record Item(String name, DoubleUnaryOperator dollars) {}

    private Cost(double cpuMs) {
        this.cpuSeconds = cpuMs / 1e3;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        new Cost(arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.25).print();
    }

    /**
     * Instances that are billed, on average. Billed is from the start of an instance's first request to the end of the
     * last one that overlaps, rounded up: with requests at random times, the share of time in which there is one. Many
     * requests need more than one instance.
     */
    private double instances(double events) {
        double perSecond = events / MONTH_SECONDS;
        double requestSeconds = Math.ceil(REQUEST_SECONDS / BILLED_STEP_SECONDS) * BILLED_STEP_SECONDS;
        double busy = 1 - Math.exp(-perSecond * requestSeconds);
        return Math.max(busy, perSecond / mostPerSecond());
    }

    /** What one instance takes before Cloud Run adds another. */
    private double mostPerSecond() {
        return UTILISATION * Math.min(VCPU / cpuSeconds, CONCURRENCY / REQUEST_SECONDS);
    }

    private double cpu(double events) {
        return beyond(FREE_VCPU_SECONDS, instances(events) * MONTH_SECONDS * VCPU) * VCPU_SECOND;
    }

    private double memory(double events) {
        return beyond(FREE_GIB_SECONDS, instances(events) * MONTH_SECONDS * MEMORY_GIB) * GIB_SECOND;
    }

    private static double requests(double events) {
        return beyond(FREE_REQUESTS, events) * REQUEST;
    }

    private static double answers(double events) {
        return beyond(FREE_EGRESS_GIB, events * ANSWER_BYTES / GIB) * EGRESS_GIB;
    }

    private static double streaming(double events) {
        return events * STREAMED_ROW_BYTES * STREAMED_BYTE;
    }

    /** Of the month in which as many months are stored as are kept; the free part is taken off the dearer one. */
    private static double storage(double events) {
        double monthGib = events * STORED_ROW_BYTES / GIB;
        double activeGib = ACTIVE_MONTHS * monthGib;
        double freeOfLongTerm = beyond(activeGib, FREE_STORED_GIB);
        double longTermGib = beyond(freeOfLongTerm, (KEPT_MONTHS - ACTIVE_MONTHS) * monthGib);
        return beyond(FREE_STORED_GIB, activeGib) * ACTIVE_GIB_MONTH + longTermGib * LONG_TERM_GIB_MONTH;
    }

    private double total(double events) {
        return items.stream()
                .mapToDouble(item -> item.dollars().applyAsDouble(events))
                .sum();
    }

    private static double beyond(double free, double used) {
        return Math.max(0, used - free);
    }

    /** The fewest events a month with which something that grows costs that much. */
    private static double fewest(double dollars, DoubleUnaryOperator cost) {
        double few = 1;
        double many = 1e15;
        while (many - few > 1) {
            double middle = (few + many) / 2;
            if (cost.applyAsDouble(middle) < dollars) {
                few = middle;
            } else {
                many = middle;
            }
        }
        return many;
    }

    private void print() {
        System.out.printf(
                "US dollars a month, list prices of 2025, at %.3f ms of CPU a request:%n%n", cpuSeconds * 1e3);
        System.out.println("| events a month | a second | instances | vCPU-s billed | GiB-s billed "
                + "| CPU | memory | requests | answers | streaming | storage grows, GiB | storage | **total** |");
        System.out.println("|--:".repeat(13) + "|");
        for (double events = 1e4; events <= 1e9; events *= 10) {
            System.out.println(row(events));
        }
        System.out.printf("%nThe first cent of each, in events a month:%n%n");
        items.forEach(item -> System.out.printf("- %s: %,.0f%n", item.name(), fewest(0.01, item.dollars())));
        System.out.printf(
                "- all together: %,.0f; the first dollar: %,.0f%n%n",
                fewest(0.01, this::total), fewest(1, this::total));
        printRemarks();
    }

    private String row(double events) {
        double instances = instances(events);
        return String.format(
                "| %,.0f | %.3f | %.3f | %,.0f | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.3f | %.2f | **%.2f** |",
                events,
                events / MONTH_SECONDS,
                instances,
                instances * MONTH_SECONDS * VCPU,
                instances * MONTH_SECONDS * MEMORY_GIB,
                cpu(events),
                memory(events),
                requests(events),
                answers(events),
                streaming(events),
                events * STORED_ROW_BYTES / GIB,
                storage(events),
                total(events));
    }

    private void printRemarks() {
        double always = beyond(FREE_ALWAYS_VCPU_SECONDS, MONTH_SECONDS * VCPU) * ALWAYS_VCPU_SECOND
                + beyond(FREE_ALWAYS_GIB_SECONDS, MONTH_SECONDS * MEMORY_GIB) * ALWAYS_GIB_SECOND;
        System.out.printf(
                """
                Assumed:

                - Events come at random times, evenly over the month. Starts, bursts and queries are not counted.
                - A request takes %.0f ms; a lone one is billed as 100 ms. An answer has %.0f bytes.
                - An instance has %.0f vCPU and %.1f GiB, and takes %.0f requests at a time. At %.0f %% of what it \
                can, another is added.
                - A row is billed as %,.0f bytes when it is streamed, and as %,.0f while it is stored.
                - Storage is that of month %d, with nothing deleted.

                Which means:

                - Pub/Sub costs nothing while BigQuery takes the rows: only dead letters go there.
                - One instance takes %,.0f events/s, %,.0f a month, before another is added. Up to there the CPU of a \
                request changes no bill: the time that an instance is busy is billed, not what it does in it.
                - From %,.0f events a month on, one instance under instance-based billing is cheaper: $%.2f for Cloud \
                Run, however many requests there are.
                - A byte by BigQuery's Storage Write API costs half as much as by streaming, and 2 TiB a month are free.
                """,
                REQUEST_SECONDS * 1e3,
                ANSWER_BYTES,
                VCPU,
                MEMORY_GIB,
                CONCURRENCY,
                UTILISATION * 100,
                STREAMED_ROW_BYTES,
                STORED_ROW_BYTES,
                KEPT_MONTHS,
                mostPerSecond(),
                mostPerSecond() * MONTH_SECONDS,
                fewest(always, events -> cpu(events) + memory(events) + requests(events)),
                always);
    }
}
