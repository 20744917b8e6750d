package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.spinnaker.stats.contract.Case;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graceful shutdown under load. */
class GracefulShutdownIT {

    private static final String EVENT = Case.named("minimal").body();
    private static final long PATIENCE_S = 30;
    private static final long POLL_MS = 100;
    private static final byte[] STORED = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void completesRequestsInFlightAndRejectsNewOnes() throws Exception {
        AtomicBoolean hold = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        HttpServer bigQuery = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bigQuery.createContext("/", call -> {
            if (hold.get()) {
                begun.countDown();
                await(told);
            }
            call.sendResponseHeaders(200, STORED.length);
            call.getResponseBody().write(STORED);
            call.close();
        });
        bigQuery.start();
        try (PackagedService service = new PackagedService(
                folder,
                PackagedService.onBigQuery(
                        "http://127.0.0.1:" + bigQuery.getAddress().getPort()))) {
            assertThat(service.post(EVENT).statusCode()).as("warm-up").isEqualTo(204);
            hold.set(true);
            CompletableFuture<HttpResponse<String>> first = service.postSoon(EVENT);
            await(begun);
            service.terminate();

            List<CompletableFuture<HttpResponse<String>>> later = new ArrayList<>();
            do { // the signal takes a moment; until then, requests are taken, and held
                later.add(service.postSoon(EVENT));
            } while (!isAnyAnswered(later));
            told.countDown();

            assertThat(first.get(PATIENCE_S, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
            assertThat(later).anySatisfy(refused -> {
                HttpResponse<String> answer = refused.get(PATIENCE_S, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("The instance is shutting down.");
                assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
            });
            assertThat(service.endAndReadLog()).anyMatch(line -> line.matches(".*metric=stored count=[0-9]+.*"));
        } finally {
            bigQuery.stop(0);
        }
    }

    private static boolean isAnyAnswered(List<CompletableFuture<HttpResponse<String>>> requests) throws Exception {
        try {
            CompletableFuture.anyOf(requests.toArray(CompletableFuture[]::new)).get(POLL_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
