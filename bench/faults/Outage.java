package faults;

/** BigQuery fails for a while under the default load, and so may the dead-letter topic. */
record Outage(Behaviour bigQuery, Behaviour topic) implements Scenario {

    @Override
    public void run(TestHarness harness) throws Exception {
        harness.warmUp();
        harness.setBehaviour(bigQuery, topic);
        try (LoadGenerator load = harness.startLoad()) {
            Thread.sleep(harness.faultDuration());
        }
        harness.recover();
    }
}
