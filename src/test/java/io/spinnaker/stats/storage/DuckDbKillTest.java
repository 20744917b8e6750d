package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged rows survive a killed process. */
class DuckDbKillTest {

    private static final int ROWS = 500;
    private static final int MORE_THAN_CAN_BE_READ = 10_000;

    @TempDir
    Path folder;

    @Test
    void keepsAcknowledgedRowsWhenKilled() throws Exception {
        Path file = folder.resolve("stats.duckdb");
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader ids = writer.inputReader()) {
            for (String id = ids.readLine(); id != null && acknowledged.size() < ROWS; id = ids.readLine()) {
                acknowledged.add(id);
            }
            writer.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSize(ROWS);

        Vertx vertx = Vertx.vertx();
        try (DuckDbEngine engine = new DuckDbEngine(DuckDbSettings.file(file), vertx)) {
            assertThat(StoredRows.latest(engine.newSqlEngine(), MORE_THAN_CAN_BE_READ).stream()
                            .map(row -> Json.parse(row).path("event_id").asText()))
                    .containsAll(acknowledged);
        } finally {
            vertx.close();
        }
    }

    /** Stores rows until it is killed, and prints the id of each stored row. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            RowStore rowStore = new DuckDbEngine(DuckDbSettings.file(Path.of(arguments[0])), Vertx.vertx()).rowStore();
            while (true) {
                Row row = Payload.receivedNow();
                rowStore.insert(row, Deadline.after(Duration.ofMinutes(1)))
                        .thenRun(() -> System.out.println(row.id()))
                        .toCompletableFuture()
                        .join();
            }
        }
    }
}
