package faults;

/** Clients post events of 1 MB as fast as they can, while neither BigQuery nor the topic responds. */
record LargeBodies() implements Scenario {

    private static final int CONNECTIONS = 64;

    @Override
    public void run(TestHarness harness) throws Exception {
        harness.warmUp();
        harness.setBehaviour(Behaviour.HANG, Behaviour.HANG);
        try (LoadGenerator load = harness.startLoadOfLargeEvents(CONNECTIONS)) {
            Thread.sleep(harness.faultDuration());
        }
        harness.recover();
    }
}
