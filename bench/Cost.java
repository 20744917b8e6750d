import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Estimates the cost per month of Cloud Run, BigQuery and the network, for 10,000 to a billion events per month, and
 * the number of events at which each begins to cost money. Prints Markdown.
 *
 * <p>{@code java bench/Cost.java [CPU_MS_PER_REQUEST]}. {@code bench/compare} measures the CPU per request; the default
 * is 0.25 ms.
 *
 * <p>Uses list prices in US dollars, as Google published them in 2025 for us-central1 and for BigQuery in the US,
 * without taxes and discounts. A comment at each group of prices names the page to check.
 */
final class Cost {

    private static final double MONTH_SECONDS = 30 * 24 * 3600;
    private static final double GIB = 1L << 30;

    // "Cloud Run pricing", services, request-based billing, Tier 1; free tier per month and billing account
    private static final double VCPU_SECOND = 0.000024;
    private static final double FREE_VCPU_SECONDS = 180_000;
    private static final double GIB_SECOND = 0.0000025;
    private static final double FREE_GIB_SECONDS = 360_000;
    private static final double REQUEST = 0.40 / 1_000_000;
    private static final double FREE_REQUESTS = 2_000_000;
    private static final double BILLED_STEP_SECONDS = 0.1;

    // "Cloud Run pricing", services, instance-based billing, Tier 1: requests are free, but idle instances are billed
    private static final double INSTANCE_VCPU_SECOND = 0.000018;
    private static final double FREE_INSTANCE_VCPU_SECONDS = 240_000;
    private static final double INSTANCE_GIB_SECOND = 0.000002;
    private static final double FREE_INSTANCE_GIB_SECONDS = 450_000;

    // "VPC network pricing", Premium Tier from North America; Cloud Run's free tier includes the first GiB
    private static final double EGRESS_GIB = 0.12;
    private static final double FREE_EGRESS_GIB = 1;

    // "BigQuery pricing", data ingestion, streaming inserts (tabledata.insertAll): no free tier; at least 1 KiB per row
    private static final double STREAMED_BYTE = 0.01 / (200 * (1 << 20));

    // "BigQuery pricing", logical storage; long-term: partitions without a write for 90 days
    private static final double ACTIVE_GIB_MONTH = 0.02;
    private static final double LONG_TERM_GIB_MONTH = 0.01;
    private static final double FREE_STORED_GIB = 10;
    private static final int ACTIVE_MONTHS = 3;
    private static final int STORED_MONTHS = 12;

    // assumptions
    private static final double VCPU = 1;
    private static final double MEMORY_GIB = 0.5;
    private static final double CONCURRENCY = 80; // Cloud Run's default
    private static final double TARGET_UTILIZATION = 0.6; // above it, Cloud Run adds an instance
    private static final double REQUEST_SECONDS = 0.05; // most of it waiting for BigQuery
    private static final double RESPONSE_BYTES = 250; // with headers and TLS

    // averages over the payloads in src/test/resources/contract, by BigQuery's data type sizes
    private static final double STREAMED_ROW_BYTES = 1_060; // smaller rows count as 1 KiB
    private static final double STORED_ROW_BYTES = 525;

    private final double cpuSeconds;

    private final List<Item> items = List.of(
            new Item("CPU", this::cpu),
            new Item("memory", this::memory),
            new Item("requests", Cost::requests),
            new Item("responses", Cost::responses),
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
     * Returns the average number of billed instances. An instance is billed while it has at least one request, rounded
     * up to 100 ms. At low rates this is the share of time with a request in flight, for requests at random times. At
     * high rates it is the number of instances that the load needs.
     */
    private double billedInstances(double events) {
        double perSecond = events / MONTH_SECONDS;
        double requestSeconds = Math.ceil(REQUEST_SECONDS / BILLED_STEP_SECONDS) * BILLED_STEP_SECONDS;
        double busy = 1 - Math.exp(-perSecond * requestSeconds);
        return Math.max(busy, perSecond / maxEventsPerSecond());
    }

    /** Returns the rate of one instance above which Cloud Run adds another. */
    private double maxEventsPerSecond() {
        return TARGET_UTILIZATION * Math.min(VCPU / cpuSeconds, CONCURRENCY / REQUEST_SECONDS);
    }

    private double cpu(double events) {
        return excess(FREE_VCPU_SECONDS, billedInstances(events) * MONTH_SECONDS * VCPU) * VCPU_SECOND;
    }

    private double memory(double events) {
        return excess(FREE_GIB_SECONDS, billedInstances(events) * MONTH_SECONDS * MEMORY_GIB) * GIB_SECOND;
    }

    private static double requests(double events) {
        return excess(FREE_REQUESTS, events) * REQUEST;
    }

    private static double responses(double events) {
        return excess(FREE_EGRESS_GIB, events * RESPONSE_BYTES / GIB) * EGRESS_GIB;
    }

    private static double streaming(double events) {
        return events * STREAMED_ROW_BYTES * STREAMED_BYTE;
    }

    /** Returns the storage cost in month {@link #STORED_MONTHS}. The free tier covers active storage first. */
    private static double storage(double events) {
        double monthGib = events * STORED_ROW_BYTES / GIB;
        double activeGib = ACTIVE_MONTHS * monthGib;
        double freeForLongTerm = excess(activeGib, FREE_STORED_GIB);
        double longTermGib = excess(freeForLongTerm, (STORED_MONTHS - ACTIVE_MONTHS) * monthGib);
        return excess(FREE_STORED_GIB, activeGib) * ACTIVE_GIB_MONTH + longTermGib * LONG_TERM_GIB_MONTH;
    }

    private double total(double events) {
        return items.stream()
                .mapToDouble(item -> item.dollars().applyAsDouble(events))
                .sum();
    }

    private static double excess(double free, double used) {
        return Math.max(0, used - free);
    }

    /** Returns the lowest number of events per month at which an increasing cost reaches an amount. */
    private static double eventsAtCost(double dollars, DoubleUnaryOperator cost) {
        double low = 1;
        double high = 1e15;
        while (high - low > 1) {
            double middle = (low + high) / 2;
            if (cost.applyAsDouble(middle) < dollars) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private void print() {
        System.out.printf(
                "US dollars per month, list prices of 2025, with %.3f ms of CPU per request:%n%n", cpuSeconds * 1e3);
        System.out.println("| events per month | per second | instances | vCPU-s billed | GiB-s billed "
                + "| CPU | memory | requests | responses | streaming | storage growth, GiB | storage | **total** |");
        System.out.println("|--:".repeat(13) + "|");
        for (double events = 1e4; events <= 1e9; events *= 10) {
            System.out.println(row(events));
        }
        System.out.printf("%nEvents per month at which each costs the first cent:%n%n");
        items.forEach(item -> System.out.printf("- %s: %,.0f%n", item.name(), eventsAtCost(0.01, item.dollars())));
        System.out.printf(
                "- total: %,.0f; for the first dollar: %,.0f%n%n",
                eventsAtCost(0.01, this::total), eventsAtCost(1, this::total));
        printAssumptions();
    }

    private String row(double events) {
        double instances = billedInstances(events);
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
                responses(events),
                streaming(events),
                events * STORED_ROW_BYTES / GIB,
                storage(events),
                total(events));
    }

    private void printAssumptions() {
        double instanceBased = excess(FREE_INSTANCE_VCPU_SECONDS, MONTH_SECONDS * VCPU) * INSTANCE_VCPU_SECOND
                + excess(FREE_INSTANCE_GIB_SECONDS, MONTH_SECONDS * MEMORY_GIB) * INSTANCE_GIB_SECOND;
        System.out.printf(
                """
                Assumptions:

                - Events arrive at random times, evenly over the month. Starts, bursts and queries are not included.
                - A request takes %.0f ms; if it does not overlap another one, it is billed as 100 ms. A response has \
                %.0f bytes.
                - An instance has %.0f vCPU and %.1f GiB and handles %.0f concurrent requests. Cloud Run adds another \
                at %.0f %% of its capacity.
                - BigQuery bills %,.0f bytes per row for streaming and %,.0f bytes per row for storage.
                - The storage cost is that of month %d, without deletions.

                Consequences:

                - Pub/Sub costs nothing while BigQuery accepts rows, because only dead letters go there.
                - One instance handles %,.0f events/s, %,.0f per month, before Cloud Run adds another. Up to that rate, \
                CPU per request does not change the bill: Cloud Run bills the time of an instance, not the CPU that it \
                uses.
                - From %,.0f events per month on, one instance with instance-based billing is cheaper: $%.2f for Cloud \
                Run, for any number of requests.
                - BigQuery's Storage Write API costs half as much per byte as streaming, with 2 TiB per month free.
                """,
                REQUEST_SECONDS * 1e3,
                RESPONSE_BYTES,
                VCPU,
                MEMORY_GIB,
                CONCURRENCY,
                TARGET_UTILIZATION * 100,
                STREAMED_ROW_BYTES,
                STORED_ROW_BYTES,
                STORED_MONTHS,
                maxEventsPerSecond(),
                maxEventsPerSecond() * MONTH_SECONDS,
                eventsAtCost(instanceBased, events -> cpu(events) + memory(events) + requests(events)),
                instanceBased);
    }
}
