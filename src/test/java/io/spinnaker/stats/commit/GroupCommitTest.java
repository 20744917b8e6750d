package io.spinnaker.stats.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.commit.GroupCommit.Limits;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Limits LIMITS = new Limits(2, 5, 100, 20, 1_000);

    private final BlockingQueue<UnderWay> calls = new LinkedBlockingQueue<>();
    private final GroupCommit<String> commit = new GroupCommit<>("Receiver", LIMITS, this::send, VERTX);

    /** A call that waits to be told how it ends. */
    private record UnderWay(
            List<Pending<String>> group, Deadline latest, CompletableFuture<Consumer<List<Pending<String>>>> end) {

        List<String> items() {
            return group.stream().map(Pending::item).toList();
        }

        void succeed() {
            end.complete(pending -> pending.forEach(Pending::succeed));
        }

        void end(Consumer<List<Pending<String>>> how) {
            end.complete(how);
        }
    }

    private void send(List<Pending<String>> group, Deadline latest) {
        UnderWay call = new UnderWay(group, latest, new CompletableFuture<>());
        calls.add(call);
        call.end().join().accept(group);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void aLoneItemGoesAtOnceAndArrivesWhenItsCallEnds() throws Exception {
        CompletionStage<Void> fate = add("a");
        UnderWay call = nextCall();
        assertThat(call.items()).containsExactly("a");
        assertThat(fate).isNotDone();
        call.succeed();
        assertThat(fate).succeedsWithin(PATIENCE);
    }

    @Test
    void aCallThatHangsHoldsNobodyUp() throws Exception {
        add("hangs");
        nextCall();
        CompletionStage<Void> fate = add("b");
        nextCall().succeed();
        assertThat(fate).succeedsWithin(PATIENCE);
    }

    @Test
    void whoComesWhileAllCallsAreUnderWayGoesWithTheNextOneTogether() throws Exception {
        UnderWay one = occupyAllCalls();
        List<CompletionStage<Void>> fates = new ArrayList<>();
        for (String item : List.of("a", "b", "c")) {
            fates.add(add(item));
        }
        assertThat(calls.poll(100, TimeUnit.MILLISECONDS)).as("one call more").isNull();
        one.succeed();
        UnderWay together = nextCall();
        assertThat(together.items()).containsExactly("a", "b", "c");
        together.succeed();
        assertThat(fates).allSatisfy(fate -> assertThat(fate).succeedsWithin(PATIENCE));
    }

    @Test
    void aGroupIsBoundedInItems() throws Exception {
        UnderWay one = occupyAllCalls();
        IntStream.range(0, 7).forEach(i -> add("item"));
        one.succeed();
        assertThat(nextCall().items()).hasSize(LIMITS.itemsPerCall());
    }

    @Test
    void whatOneCallDoesNotTakeGoesWithOthersWhileTheyAreFree() throws Exception {
        GroupCommit<String> wide = new GroupCommit<>("Receiver", new Limits(9, 5, 100, 50, 1_000), this::send, VERTX);
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        IntStream.range(0, 30).forEach(i -> wide.add("item", 1, deadline));
        int sent = 0;
        while (sent < 30) {
            sent += nextCall().items().size(); // none of them has ended
        }
    }

    @Test
    void everyoneHasAFateHoweverManyComeAtOnce() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        GroupCommit<String> busy = new GroupCommit<>(
                "Receiver",
                new Limits(3, 7, 1_000, 10_000, 100_000),
                (group, latest) -> {
                    arrived.addAndGet(group.size());
                    group.forEach(Pending::succeed);
                },
                VERTX);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (ExecutorService adders = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            for (int j = 0; j < 1_000; j++) {
                                busy.add("item", 1, Deadline.in(PATIENCE))
                                        .toCompletableFuture()
                                        .join();
                            }
                        },
                        adders));
            }
            assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(PATIENCE);
        }
        assertThat(arrived).hasValue(8_000);
    }

    @Test
    void aGroupIsTriedUntilItsLatestDeadline() throws Exception {
        UnderWay one = occupyAllCalls();
        add("first", 1, Duration.ofSeconds(20));
        add("latest", 1, Duration.ofSeconds(30));
        add("last", 1, Duration.ofSeconds(10));
        one.succeed();
        assertThat(nextCall().latest().millisLeft()).isGreaterThan(20_000);
    }

    @Test
    void aGroupIsBoundedInBytesButTakesOneItemHoweverLong() throws Exception {
        UnderWay one = occupyAllCalls();
        add("long", 300);
        add("short", 60);
        add("other", 60);
        one.succeed();
        UnderWay first = nextCall();
        assertThat(first.items()).containsExactly("long");
        first.succeed();
        assertThat(nextCall().items()).containsExactly("short");
    }

    @Test
    void eachItemHasItsOwnFate() throws Exception {
        UnderWay one = occupyAllCalls();
        CompletionStage<Void> good = add("good");
        CompletionStage<Void> bad = add("bad");
        CompletionStage<Void> forgotten = add("forgotten");
        one.succeed();
        nextCall().end(group -> {
            group.get(0).succeed();
            group.get(1).fail(new NotCommittedException(Why.REFUSED, "no"));
        });
        assertThat(good).succeedsWithin(PATIENCE);
        assertFails(bad, Why.REFUSED, "no");
        assertFails(forgotten, Why.UNAVAILABLE, "Receiver did not say what became of the row");
    }

    @Test
    void aCallThatFailsIsTheFateOfAllThatHaveNone() throws Exception {
        CompletionStage<Void> fate = add("a");
        nextCall().end(group -> {
            throw new NotCommittedException(Why.UNAVAILABLE, "down");
        });
        assertFails(fate, Why.UNAVAILABLE, "down");
    }

    @Test
    void aFaultOfOursIsToldWithoutItsMessage() throws Exception {
        CompletionStage<Void> fate = add("a");
        nextCall().end(group -> {
            throw new IllegalStateException("secret");
        });
        assertFails(fate, Why.UNAVAILABLE, "unexpected java.lang.IllegalStateException on the way to Receiver");
    }

    @Test
    void goesOnAfterAFault() throws Exception {
        UnderWay one = occupyAllCalls();
        CompletionStage<Void> next = add("next");
        one.end(group -> {
            throw new StackOverflowError();
        });
        nextCall().succeed();
        assertThat(next).succeedsWithin(PATIENCE);
    }

    @Test
    void holdsNoMoreItemsThanItMay() throws Exception {
        UnderWay one = occupyAllCalls(); // two items
        IntStream.range(2, LIMITS.items()).forEach(i -> add("item"));
        assertFails(add("one more"), Why.NOT_NOW, "too many rows wait for Receiver");
        one.succeed();
        nextCall();
        assertThat(add("now there is room")).isNotDone();
    }

    @Test
    void takesOneItemHoweverLongWhenItHoldsNone() throws Exception {
        CompletionStage<Void> fate = add("long", LIMITS.bytes() + 1);
        nextCall().succeed();
        assertThat(fate).succeedsWithin(PATIENCE);
    }

    @Test
    void holdsNoMoreBytesThanItMay() throws Exception {
        UnderWay one = occupyAllCalls();
        add("much", LIMITS.bytes() - 2);
        assertFails(add("one more"), Why.NOT_NOW, "too many rows wait for Receiver");
        one.succeed();
        nextCall().succeed();
        assertThat(add("now there is room"))
                .satisfies(fate -> nextCall().succeed())
                .succeedsWithin(PATIENCE);
    }

    @Test
    void whoIsUnderWayTooLongIsGivenUpByItsOwnDeadline() throws Exception {
        UnderWay one = occupyAllCalls();
        CompletionStage<Void> late = add("late", 1, Duration.ofMillis(500));
        CompletionStage<Void> inTime = add("in time");
        one.succeed();
        UnderWay call = nextCall();
        assertThat(call.items()).containsExactly("late", "in time");
        assertFails(late, Why.UNAVAILABLE, "Receiver did not confirm the row in time");
        assertThat(inTime).isNotDone();
        call.succeed();
        assertThat(inTime).succeedsWithin(PATIENCE);
    }

    @Test
    void whoWaitsTooLongIsGivenUpAndNotSent() throws Exception {
        UnderWay one = occupyAllCalls();
        CompletionStage<Void> late = add("late", 1, Duration.ofMillis(50));
        add("in time");
        assertFails(late, Why.NOT_NOW, "the row's turn for Receiver did not come in time");
        one.succeed();
        assertThat(nextCall().items()).containsExactly("in time");
    }

    private CompletionStage<Void> add(String item) {
        return add(item, 1);
    }

    private CompletionStage<Void> add(String item, int bytes) {
        return add(item, bytes, Duration.ofMinutes(1));
    }

    private CompletionStage<Void> add(String item, int bytes, Duration time) {
        return commit.add(item, bytes, Deadline.in(time));
    }

    /** As many calls as there may be; returns one of them. */
    private UnderWay occupyAllCalls() throws InterruptedException {
        add("first");
        nextCall();
        add("second");
        return nextCall();
    }

    private UnderWay nextCall() throws InterruptedException {
        UnderWay call = calls.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return call;
    }

    private static void assertFails(CompletionStage<Void> fate, Why why, String reason) {
        assertThat(fate)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(NotCommittedException.class, failure -> {
                    assertThat(failure.why()).isEqualTo(why);
                    assertThat(failure.reason()).isEqualTo(reason);
                });
    }
}
