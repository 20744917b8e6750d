package io.spinnaker.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The labels of the lines, which the alerts read. Quarkus decides where they are kept, so this needs Quarkus. */
@QuarkusTest
class LogMetricsTest {

    private static final Logger LOGGER = Logger.getLogger(LogMetrics.class.getName());

    @Inject
    Vertx vertx;

    private final List<Map<String, String>> labels = new CopyOnWriteArrayList<>();
    private final ExtHandler handler = new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord line) {
            labels.add(line.getMdcCopy());
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void labelsEachLineOfATimer() throws Exception {
        LogMetrics metrics = new LogMetrics(vertx);
        CompletableFuture<Void> logged = new CompletableFuture<>();
        vertx.setTimer(1, timer -> {
            metrics.incrementAndLogFirst(Level.WARN, Metric.PARKED, "invalid");
            metrics.onShutdown(new ShutdownEvent());
            logged.complete(null);
        });
        logged.get(10, TimeUnit.SECONDS);
        assertThat(labels)
                .containsExactly(
                        Map.of("metric", "parked", "reason", "invalid"),
                        Map.of("metric", "parked", "reason", "invalid", "count", "1"));
    }
}
