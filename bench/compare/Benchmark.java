package compare;

/** One part of the comparison. It prints its tables and adds its goals to the context. */
@FunctionalInterface
interface Benchmark {

    void run(BenchmarkContext context) throws Exception;
}
