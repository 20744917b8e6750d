package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests leave nothing in memory that would add up. */
class MemoryIT {

    private static final int EVENTS = 200;
    private static final int NAME_LENGTH = 900_000;

    @TempDir
    Path folder;

    @Test
    void keepsNoNamesOfUnknownFields() throws Exception {
        BigQueryStub bigQuery = new BigQueryStub();
        bigQuery.start();
        try (PackagedService service =
                new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()), "-Xmx96m")) {
            String event = Case.named("minimal").body().substring(1);
            for (int i = 0; i < EVENTS; i++) {
                String name = i + "x".repeat(NAME_LENGTH);
                assertThat(service.post("{\"" + name + "\":1," + event).statusCode())
                        .as("event %d", i)
                        .isEqualTo(204);
            }
        } finally {
            bigQuery.stop();
        }
    }
}
