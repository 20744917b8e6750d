/** One part of the comparison: prints its tables, and says which goals were met. */
@FunctionalInterface
interface Section {

    void run(Bench bench) throws Exception;
}
