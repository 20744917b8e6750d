import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds in each of which every contender has its turn
 * @param warmUpSeconds of load that is not measured
 * @param seconds of load that is
 * @param lone requests with nothing between them
 * @param loneEvery from one of them to the next
 * @param starts of each contender
 * @param few requests after which memory is looked at
 * @param many requests after which it is looked at again
 */
record Effort(int rounds, int warmUpSeconds, int seconds, int lone, Duration loneEvery, int starts, int few, int many) {

    static final Effort FULL = new Effort(3, 2, 6, 10, Duration.ofSeconds(7), 20, 10_000, 200_000);
    static final Effort SHORT = new Effort(1, 0, 1, 3, Duration.ofSeconds(1), 2, 500, 1_500);
}
