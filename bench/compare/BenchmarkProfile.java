package compare;

import java.time.Duration;

/**
 * How much the benchmarks measure.
 *
 * @param rounds rounds of the load and memory benchmarks; each round runs every implementation
 * @param warmUpSeconds duration of load before the measurement
 * @param loadSeconds duration of measured load
 * @param sparseRequests number of sparse requests per implementation
 * @param sparseInterval time from one sparse request to the next
 * @param starts starts per implementation
 * @param fewRequests requests before memory is measured for the first time
 * @param manyRequests requests before memory is measured for the second time
 */
record BenchmarkProfile(
        int rounds,
        int warmUpSeconds,
        int loadSeconds,
        int sparseRequests,
        Duration sparseInterval,
        int starts,
        int fewRequests,
        int manyRequests) {

    static final BenchmarkProfile FULL = new BenchmarkProfile(3, 2, 6, 10, Duration.ofSeconds(7), 20, 10_000, 200_000);
    static final BenchmarkProfile SHORT = new BenchmarkProfile(1, 0, 1, 3, Duration.ofSeconds(1), 2, 500, 1_500);
}
