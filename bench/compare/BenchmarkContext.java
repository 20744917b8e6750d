package compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** State that all benchmarks share. */
final class BenchmarkContext implements AutoCloseable {

    private final BenchmarkProfile profile;
    private final Payloads payloads = new Payloads();
    private final FakeServers fakeServers = new FakeServers();
    private final List<Implementation> implementations;
    private final List<Goal> goals = new ArrayList<>();

    BenchmarkContext(BenchmarkProfile profile) throws Exception {
        this.profile = profile;
        this.implementations =
                List.of(Implementation.java(fakeServers.certificate()), Implementation.go(), Implementation.node());
    }

    BenchmarkProfile profile() {
        return profile;
    }

    Payloads payloads() {
        return payloads;
    }

    FakeServers fakeServers() {
        return fakeServers;
    }

    List<Implementation> implementations() {
        return implementations;
    }

    /** Returns the service of this repository. */
    Implementation java() {
        return implementations.get(0);
    }

    /** Returns the implementation that ratios compare with. */
    Implementation go() {
        return implementations.get(1);
    }

    Implementation node() {
        return implementations.get(2);
    }

    /** Returns all implementations in the order of a round. Rotates them, so that no order favours one of them. */
    List<Implementation> rotated(int round) {
        List<Implementation> rotated = new ArrayList<>(implementations);
        Collections.rotate(rotated, -round);
        return rotated;
    }

    /** Starts an implementation. Returns once it has stored its first row. */
    ImplementationProcess start(Implementation implementation, BigQueryEndpoint bigQuery) throws IOException {
        return new ImplementationProcess(implementation, bigQuery, fakeServers, payloads.typical());
    }

    void addGoal(Goal goal) {
        goals.add(goal);
    }

    List<Goal> goals() {
        return goals;
    }

    void reportProgress(String step) {
        System.err.println(step);
    }

    @Override
    public void close() {
        fakeServers.close();
    }
}
