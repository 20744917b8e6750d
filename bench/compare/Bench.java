import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What all sections share. */
final class Bench implements AutoCloseable {

    private final Effort effort;
    private final Payloads payloads = new Payloads();
    private final StandIns standIns = new StandIns();
    private final List<Contender> contenders;
    private final List<Goal> goals = new ArrayList<>();

    Bench(Effort effort) throws Exception {
        this.effort = effort;
        this.contenders = List.of(Contender.ours(standIns.certificate()), Contender.go(), Contender.node());
    }

    Effort effort() {
        return effort;
    }

    Payloads payloads() {
        return payloads;
    }

    StandIns standIns() {
        return standIns;
    }

    List<Contender> contenders() {
        return contenders;
    }

    Contender ours() {
        return contenders.get(0);
    }

    /** The one that goals are set against. */
    Contender go() {
        return contenders.get(1);
    }

    Contender node() {
        return contenders.get(2);
    }

    /** All of them, another one first in each round: what one leaves behind shall not always meet the same. */
    List<Contender> inTurn(int round) {
        List<Contender> turn = new ArrayList<>(contenders);
        Collections.rotate(turn, -round);
        return turn;
    }

    /** Starts a contender, which has stored a row when this returns. */
    Server start(Contender contender, Warehouse warehouse) throws IOException {
        return new Server(contender, warehouse, standIns, payloads.usual());
    }

    void judge(Goal goal) {
        goals.add(goal);
    }

    List<Goal> goals() {
        return goals;
    }

    /** Tells who waits how far it is. */
    void progress(String step) {
        System.err.println(step);
    }

    @Override
    public void close() {
        standIns.close();
    }
}
