import java.util.List;

/**
 * Clients post as fast as they can, and BigQuery takes less than a tenth of it.
 *
 * @param topic which may take the rest, or not
 */
record Flood(Behaviour topic) implements Course {

    private static final int CONNECTIONS = 1_000;
    private static final int LONE_REQUESTS = 200;

    @Override
    public void run(Rig rig) throws Exception {
        rig.warmUp();
        double beforeMs = rig.loneMedianMs(LONE_REQUESTS);
        long from = System.nanoTime();
        rig.behave(Behaviour.narrow(), topic);
        try (Load load = rig.load(CONNECTIONS, Double.POSITIVE_INFINITY)) {
            Thread.sleep(rig.faulty());
        }
        List<Tally.Post> flood =
                rig.tally().posts().filter(post -> post.beganAt() >= from).toList();
        rig.behave(Behaviour.HEALTHY, Behaviour.HEALTHY);
        double afterMs = rig.loneMedianMs(LONE_REQUESTS);
        rig.note(
                "%.0f events/s: 204 %.1f %%, 202 %.1f %%, 503 %.1f %%; slowest answer %.0f ms (goal: under 4000)",
                flood.size() / (rig.faulty().toMillis() / 1e3),
                share(flood, 204),
                share(flood, 202),
                share(flood, 503),
                flood.stream()
                        .filter(Tally.Post::isAnswered)
                        .mapToDouble(Tally.Post::tookMs)
                        .max()
                        .orElse(Double.NaN));
        rig.note(
                "median of %d lone requests %.1f ms before, %.1f ms after, ratio %.2f",
                LONE_REQUESTS, beforeMs, afterMs, afterMs / beforeMs);
    }

    private static double share(List<Tally.Post> posts, int status) {
        return 100.0 * posts.stream().filter(post -> post.status() == status).count() / posts.size();
    }
}
