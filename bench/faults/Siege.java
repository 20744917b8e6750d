import java.util.function.IntFunction;

/**
 * Clients that are no use to anyone hold connections while good ones work.
 *
 * @param nuisances makes them, given the service's port
 */
record Siege(IntFunction<Nuisance> nuisances) implements Course {

    @Override
    public void run(Rig rig) throws Exception {
        long start = System.nanoTime();
        rig.warmUp();
        double alonePercentileMs = rig.tally().percentileMs(0.99, start, System.nanoTime());
        double aloneMib = rig.service().residentMib();
        long from = System.nanoTime();
        try (Load load = rig.load();
                Nuisance nuisance = nuisances.apply(rig.service().port())) {
            nuisance.begin();
            Thread.sleep(rig.faulty());
            rig.note("%s", nuisance.describe());
            rig.note(
                    "the good ones' p99 %.1f ms, %.1f ms before; %.0f MiB resident, %.0f MiB before",
                    rig.tally().percentileMs(0.99, from, System.nanoTime()),
                    alonePercentileMs,
                    rig.service().residentMib(),
                    aloneMib);
        }
        rig.recover();
    }
}
