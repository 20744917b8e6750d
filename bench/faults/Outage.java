/** BigQuery, and maybe the topic, misbehave for a while under the usual load. */
record Outage(Behaviour bigQuery, Behaviour topic) implements Course {

    @Override
    public void run(Rig rig) throws Exception {
        rig.warmUp();
        rig.behave(bigQuery, topic);
        try (Load load = rig.load()) {
            Thread.sleep(rig.faulty());
        }
        rig.recover();
    }
}
