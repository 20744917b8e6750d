package io.spinnaker.stats.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.limits.BatchLimits;
import io.spinnaker.stats.time.Deadline;
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

class BatchWriterTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final BatchLimits LIMITS = new BatchLimits(2, 5, 100, 20, 1_000);

    private final BlockingQueue<InFlightCall> calls = new LinkedBlockingQueue<>();
    private final BatchWriter<String> writer = new BatchWriter<>("Receiver", LIMITS, this::send, VERTX);

    /** A call that is in flight until the test completes it. */
    private record InFlightCall(
            List<PendingWrite<String>> batch,
            Deadline latest,
            CompletableFuture<Consumer<List<PendingWrite<String>>>> end) {

        List<String> items() {
            return batch.stream().map(PendingWrite::item).toList();
        }

        void succeed() {
            end.complete(pending -> pending.forEach(PendingWrite::succeed));
        }

        void end(Consumer<List<PendingWrite<String>>> how) {
            end.complete(how);
        }
    }

    private void send(List<PendingWrite<String>> batch, Deadline latest) {
        InFlightCall call = new InFlightCall(batch, latest, new CompletableFuture<>());
        calls.add(call);
        call.end().join().accept(batch);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void sendsASingleItemImmediately() throws Exception {
        CompletionStage<Void> result = add("a");
        InFlightCall call = nextCall();
        assertThat(call.items()).containsExactly("a");
        assertThat(result).isNotDone();
        call.succeed();
        assertThat(result).succeedsWithin(TIMEOUT);
    }

    @Test
    void sendsOtherItemsWhileACallHangs() throws Exception {
        add("hangs");
        nextCall();
        CompletionStage<Void> result = add("b");
        nextCall().succeed();
        assertThat(result).succeedsWithin(TIMEOUT);
    }

    @Test
    void batchesItemsQueuedWhileAllCallsAreInFlight() throws Exception {
        InFlightCall one = occupyAllCalls();
        List<CompletionStage<Void>> result = new ArrayList<>();
        for (String item : List.of("a", "b", "c")) {
            result.add(add(item));
        }
        assertThat(calls.poll(100, TimeUnit.MILLISECONDS)).as("one call more").isNull();
        one.succeed();
        InFlightCall together = nextCall();
        assertThat(together.items()).containsExactly("a", "b", "c");
        together.succeed();
        assertThat(result).allSatisfy(each -> assertThat(each).succeedsWithin(TIMEOUT));
    }

    @Test
    void limitsBatchSize() throws Exception {
        InFlightCall one = occupyAllCalls();
        IntStream.range(0, 7).forEach(i -> add("item"));
        one.succeed();
        assertThat(nextCall().items()).hasSize(LIMITS.maxBatchSize());
    }

    @Test
    void spreadsALongQueueOverFreeCalls() throws Exception {
        BatchWriter<String> wide =
                new BatchWriter<>("Receiver", new BatchLimits(9, 5, 100, 50, 1_000), this::send, VERTX);
        Deadline deadline = Deadline.after(Duration.ofMinutes(1));
        IntStream.range(0, 30).forEach(i -> wide.add("item", 1, deadline));
        int sent = 0;
        while (sent < 30) {
            sent += nextCall().items().size(); // none of them has ended
        }
    }

    @Test
    void completesEveryItemUnderConcurrency() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        BatchWriter<String> busy = new BatchWriter<>(
                "Receiver",
                new BatchLimits(3, 7, 1_000, 10_000, 100_000),
                (batch, latest) -> {
                    arrived.addAndGet(batch.size());
                    batch.forEach(PendingWrite::succeed);
                },
                VERTX);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (ExecutorService adders = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            for (int j = 0; j < 1_000; j++) {
                                busy.add("item", 1, Deadline.after(TIMEOUT))
                                        .toCompletableFuture()
                                        .join();
                            }
                        },
                        adders));
            }
            assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(TIMEOUT);
        }
        assertThat(arrived).hasValue(8_000);
    }

    @Test
    void passesTheLatestDeadlineToTheSender() throws Exception {
        InFlightCall one = occupyAllCalls();
        add("first", 1, Duration.ofSeconds(20));
        add("latest", 1, Duration.ofSeconds(30));
        add("last", 1, Duration.ofSeconds(10));
        one.succeed();
        assertThat(nextCall().latest().remainingMillis()).isGreaterThan(20_000);
    }

    @Test
    void limitsBatchBytesButSendsALargeItemAlone() throws Exception {
        InFlightCall one = occupyAllCalls();
        add("long", 300);
        add("short", 60);
        add("other", 60);
        one.succeed();
        InFlightCall first = nextCall();
        assertThat(first.items()).containsExactly("long");
        first.succeed();
        assertThat(nextCall().items()).containsExactly("short");
    }

    @Test
    void completesAndFailsItemsIndividually() throws Exception {
        InFlightCall one = occupyAllCalls();
        CompletionStage<Void> good = add("good");
        CompletionStage<Void> bad = add("bad");
        CompletionStage<Void> forgotten = add("forgotten");
        one.succeed();
        nextCall().end(batch -> {
            batch.get(0).succeed();
            batch.get(1).fail(new WriteFailedException(Cause.REJECTED, "no"));
        });
        assertThat(good).succeedsWithin(TIMEOUT);
        assertFails(bad, Cause.REJECTED, "no");
        assertFails(forgotten, Cause.UNAVAILABLE, "Receiver returned no result for the row");
    }

    @Test
    void failsWholeBatchWhenSendThrows() throws Exception {
        CompletionStage<Void> result = add("a");
        nextCall().end(batch -> {
            throw new WriteFailedException(Cause.UNAVAILABLE, "down");
        });
        assertFails(result, Cause.UNAVAILABLE, "down");
    }

    @Test
    void hidesTheMessageOfAnUnexpectedException() throws Exception {
        CompletionStage<Void> result = add("a");
        nextCall().end(batch -> {
            throw new IllegalStateException("secret");
        });
        assertFails(result, Cause.UNAVAILABLE, "unexpected java.lang.IllegalStateException while writing to Receiver");
    }

    @Test
    void sendsAfterASenderHasFailed() throws Exception {
        InFlightCall one = occupyAllCalls();
        CompletionStage<Void> next = add("next");
        one.end(batch -> {
            throw new StackOverflowError();
        });
        nextCall().succeed();
        assertThat(next).succeedsWithin(TIMEOUT);
    }

    @Test
    void rejectsBeyondMaxPendingItems() throws Exception {
        InFlightCall one = occupyAllCalls(); // two items
        IntStream.range(2, LIMITS.maxPendingItems()).forEach(i -> add("item"));
        assertFails(add("one more"), Cause.OVERLOADED, "Receiver write queue is full");
        one.succeed();
        nextCall();
        assertThat(add("now there is room")).isNotDone();
    }

    @Test
    void acceptsASingleItemOfAnySize() throws Exception {
        CompletionStage<Void> result = add("long", (int) LIMITS.maxPendingBytes() + 1);
        nextCall().succeed();
        assertThat(result).succeedsWithin(TIMEOUT);
    }

    @Test
    void rejectsBeyondMaxPendingBytes() throws Exception {
        InFlightCall one = occupyAllCalls();
        add("much", (int) LIMITS.maxPendingBytes() - 2);
        assertFails(add("one more"), Cause.OVERLOADED, "Receiver write queue is full");
        one.succeed();
        nextCall().succeed();
        assertThat(add("now there is room"))
                .satisfies(result -> nextCall().succeed())
                .succeedsWithin(TIMEOUT);
    }

    @Test
    void failsItemsInFlightPastTheirDeadline() throws Exception {
        InFlightCall one = occupyAllCalls();
        CompletionStage<Void> late = add("late", 1, Duration.ofMillis(500));
        CompletionStage<Void> inTime = add("in time");
        one.succeed();
        InFlightCall call = nextCall();
        assertThat(call.items()).containsExactly("late", "in time");
        assertFails(late, Cause.UNAVAILABLE, "Receiver did not confirm the row in time");
        assertThat(inTime).isNotDone();
        call.succeed();
        assertThat(inTime).succeedsWithin(TIMEOUT);
    }

    @Test
    void dropsQueuedItemsPastTheirDeadline() throws Exception {
        InFlightCall one = occupyAllCalls();
        CompletionStage<Void> late = add("late", 1, Duration.ofMillis(50));
        add("in time");
        assertFails(late, Cause.OVERLOADED, "timed out while queued for Receiver");
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
        return writer.add(item, bytes, Deadline.after(time));
    }

    /** Occupies every concurrent call; returns one of them. */
    private InFlightCall occupyAllCalls() throws InterruptedException {
        add("first");
        nextCall();
        add("second");
        return nextCall();
    }

    private InFlightCall nextCall() throws InterruptedException {
        InFlightCall call = calls.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return call;
    }

    private static void assertFails(CompletionStage<Void> result, Cause why, String reason) {
        assertThat(result)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(WriteFailedException.class, failure -> {
                    assertThat(failure.failure()).isEqualTo(why);
                    assertThat(failure.reason()).isEqualTo(reason);
                });
    }
}
