/** Clients post events of 1 MB as fast as they can while neither BigQuery nor the topic says anything. */
record LargeBodies() implements Course {

    private static final int CONNECTIONS = 64;

    @Override
    public void run(Rig rig) throws Exception {
        rig.warmUp();
        rig.behave(Behaviour.HANG, Behaviour.HANG);
        try (Load load = rig.loadOfLargeEvents(CONNECTIONS)) {
            Thread.sleep(rig.faulty());
        }
        rig.recover();
    }
}
