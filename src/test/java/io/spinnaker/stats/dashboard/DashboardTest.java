package io.spinnaker.stats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.warehouse.TestWarehouse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which files there are, and what they look like. */
class DashboardTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private final TestWarehouse warehouse = TestWarehouse.duckDb();
    private final Dashboard dashboard = new Dashboard(
            warehouse.analysis(), new Dashboard.Options(5, Dashboard.Options.USUAL_DAYS_BACK, null, null));

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aChartIsOneJsonAndOneCsvFile() {
        List<JsonNode> events = new ArrayList<>();
        for (int instance = 0; instance < 6; instance++) {
            events.add(Sent.payload(0)
                    .by(instance)
                    .version("1.36.1")
                    .execution("PIPELINE", "SUCCEEDED", "GIT")
                    .stage("deploy", "AWS", "SUCCEEDED")
                    .at("2026-10-05T12:00:0" + instance + "Z"));
        }
        warehouse.setEvents(events);
        dashboard.rollUp(AS_OF);

        assertThat(text("versions.json")).isEqualTo("""
                {"name":"versions","title":"Spinnaker versions","question":"Which releases of Spinnaker are in use?",\
                "unit":"instances","measure":"share","period":"month","asOf":"2026-11-22","from":"2023-11-01","to":"2026-10-31",\
                "threshold":5,"instances":5,\
                "rows":[{"period":"2026-10-01","label":"1.36","instances":5,"count":5,"part":0}]}""");
        assertThat(text("stage-types.csv")).isEqualTo("""
                as_of,period,label,instances,count,part\r
                2026-11-22,2026-10-01,deploy,5,5,0\r
                """);
    }

    private String text(String name) {
        DataFile file = Objects.requireNonNull(dashboard.draw(name, AS_OF));
        return new String(file.content(), StandardCharsets.UTF_8);
    }
}
