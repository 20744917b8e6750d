import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Estimates the cost per month of Cloud Run, BigQuery and the network, for 10,000 to a billion events per month, and
 * the number of events at which each begins to cost money. Prints Markdown. {@code bench/README.md} has the
 * assumptions.
 *
 * <p>Uses list prices in US dollars, as Google published them in 2025 for us-central1 and for BigQuery in the US,
 * without taxes and discounts. A comment at each group of prices names the page to check.
 */
final class Cost {

    /** A price per unit, and the units per month that are free. */
    private record Price(double dollars, double free) {

        double of(double units) {
            return Math.max(0, units - free) * dollars;
        }
    }

    private static final double MONTH_SECONDS = 30 * 24 * 3600;
    private static final double GIB = 1L << 30;

    // "Cloud Run pricing", services, request-based billing, Tier 1
    private static final Price VCPU_SECOND = new Price(0.000024, 180_000);
    private static final Price GIB_SECOND = new Price(0.0000025, 360_000);
    private static final Price REQUEST = new Price(0.40 / 1_000_000, 2_000_000);
    private static final double BILLED_STEP_SECONDS = 0.1;

    // "Cloud Run pricing", services, instance-based billing, Tier 1: requests are free, but idle instances are billed
    private static final Price INSTANCE_VCPU_SECOND = new Price(0.000018, 240_000);
    private static final Price INSTANCE_GIB_SECOND = new Price(0.000002, 450_000);

    // "VPC network pricing", Premium Tier from North America; Cloud Run's free tier includes the first GiB
    private static final Price EGRESS_GIB = new Price(0.12, 1);

    // "BigQuery pricing", data ingestion, streaming inserts (tabledata.insertAll): at least 1 KiB per row
    private static final Price STREAMED_BYTE = new Price(0.01 / (200 * (1 << 20)), 0);

    // "BigQuery pricing", logical storage; long-term: partitions without a write for 90 days. The free GiB are for
    // both.
    private static final double FREE_STORED_GIB = 10;
    private static final double ACTIVE_GIB_MONTH = 0.02;
    private static final double LONG_TERM_GIB_MONTH = 0.01;
    private static final int ACTIVE_MONTHS = 3;
    private static final int STORED_MONTHS = 12;

    // assumptions
    private static final double VCPU = 1;
    private static final double MEMORY_GIB = 0.5;
    private static final double CONCURRENCY = 80; // Cloud Run's default
    private static final double TARGET_UTILIZATION = 0.6; // above it, Cloud Run adds an instance
    private static final double REQUEST_SECONDS = 0.05; // most of it waiting for BigQuery
    private static final double RESPONSE_BYTES = 250; // with headers and TLS
    private static final double STREAMED_ROW_BYTES = 1_060; // average of the payloads in src/test/resources/contract
    private static final double STORED_ROW_BYTES = 525; // the same

    private final double maxEventsPerSecond; // rate of one instance above which Cloud Run adds another
    private final Map<String, DoubleUnaryOperator> items = new LinkedHashMap<>(); // dollars by events per month

    private Cost(double cpuMsPerRequest) {
        maxEventsPerSecond = TARGET_UTILIZATION * Math.min(VCPU * 1e3 / cpuMsPerRequest, CONCURRENCY / REQUEST_SECONDS);
        items.put("CPU", events -> VCPU_SECOND.of(billedSeconds(events) * VCPU));
        items.put("memory", events -> GIB_SECOND.of(billedSeconds(events) * MEMORY_GIB));
        items.put("requests", REQUEST::of);
        items.put("responses", events -> EGRESS_GIB.of(events * RESPONSE_BYTES / GIB));
        items.put("streaming", events -> STREAMED_BYTE.of(events * STREAMED_ROW_BYTES));
        items.put("storage", Cost::storage);
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        double cpuMsPerRequest = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.25;
        System.out.printf("US dollars per month, with %.3f ms of CPU per request:%n%n", cpuMsPerRequest);
        new Cost(cpuMsPerRequest).print();
    }

    /**
     * Returns the billed time of all instances. An instance is billed while it has at least one request, rounded up to
     * 100 ms. At low rates this is the share of time with a request in flight, for requests at random times. At high
     * rates it is the number of instances that the load needs.
     */
    private double billedSeconds(double events) {
        double perSecond = events / MONTH_SECONDS;
        double requestSeconds = Math.ceil(REQUEST_SECONDS / BILLED_STEP_SECONDS) * BILLED_STEP_SECONDS;
        double busy = 1 - Math.exp(-perSecond * requestSeconds);
        return Math.max(busy, perSecond / maxEventsPerSecond) * MONTH_SECONDS;
    }

    /** Returns the storage cost in month {@link #STORED_MONTHS}. The free tier covers active storage first. */
    private static double storage(double events) {
        double monthGib = events * STORED_ROW_BYTES / GIB;
        double activeGib = ACTIVE_MONTHS * monthGib;
        double freeForLongTerm = Math.max(0, FREE_STORED_GIB - activeGib);
        return new Price(ACTIVE_GIB_MONTH, FREE_STORED_GIB).of(activeGib)
                + new Price(LONG_TERM_GIB_MONTH, freeForLongTerm).of((STORED_MONTHS - ACTIVE_MONTHS) * monthGib);
    }

    private double total(double events) {
        return items.values().stream()
                .mapToDouble(item -> item.applyAsDouble(events))
                .sum();
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
        System.out.println("| events per month | per second | instances | storage growth, GiB | "
                + String.join(" | ", items.keySet()) + " | **total** |");
        System.out.println("|--:".repeat(items.size() + 5) + "|");
        for (double events = 1e4; events <= 1e9; events *= 10) {
            double perMonth = events;
            System.out.printf(
                    "| %,.0f | %.3f | %.3f | %.3f |",
                    events,
                    events / MONTH_SECONDS,
                    billedSeconds(events) / MONTH_SECONDS,
                    events * STORED_ROW_BYTES / GIB);
            items.values().forEach(item -> System.out.printf(" %.2f |", item.applyAsDouble(perMonth)));
            System.out.printf(" **%.2f** |%n", total(events));
        }
        System.out.printf("%nEvents per month at which each costs the first cent:%n%n");
        items.forEach((name, item) -> System.out.printf("- %s: %,.0f%n", name, eventsAtCost(0.01, item)));
        System.out.printf("- total: %,.0f; first dollar: ", eventsAtCost(0.01, this::total));
        System.out.printf("%,.0f%n%n", eventsAtCost(1, this::total));
        double instanceBased =
                INSTANCE_VCPU_SECOND.of(MONTH_SECONDS * VCPU) + INSTANCE_GIB_SECOND.of(MONTH_SECONDS * MEMORY_GIB);
        DoubleUnaryOperator requestBased = events ->
                items.get("CPU").applyAsDouble(events) + items.get("memory").applyAsDouble(events) + REQUEST.of(events);
        System.out.printf(
                "One instance handles %,.0f events/s before Cloud Run adds another. From %,.0f events per month on,"
                        + " one instance with instance-based billing is cheaper: $%.2f.%n",
                maxEventsPerSecond, eventsAtCost(instanceBased, requestBased), instanceBased);
    }
}
