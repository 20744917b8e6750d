package io.spinnaker.stats.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.spinnaker.stats.contract.Case;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that is told to end while it works. */
class EndIT {

    private static final long PATIENCE_S = 30;
    private static final byte[] STORED = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void answersWhatItHasBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        HttpServer bigQuery = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bigQuery.createContext("/", call -> {
            begun.countDown();
            await(told);
            call.sendResponseHeaders(200, STORED.length);
            call.getResponseBody().write(STORED);
            call.close();
        });
        bigQuery.start();
        try (DeliveredService service = new DeliveredService(
                folder,
                DeliveredService.onBigQuery(
                        "http://127.0.0.1:" + bigQuery.getAddress().getPort()))) {
            CompletableFuture<HttpResponse<String>> answer =
                    service.postSoon(Case.named("minimal").body());
            await(begun);
            service.terminate();
            told.countDown();
            assertThat(answer)
                    .succeedsWithin(PATIENCE_S, TimeUnit.SECONDS)
                    .satisfies(http -> assertThat(http.statusCode()).isEqualTo(204));
            assertThat(service.endAndReadLog()).anyMatch(line -> line.contains("counted 1: stored"));
        } finally {
            bigQuery.stop(0);
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
