package io.spinnaker.stats.charts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Events of a small community: every payload of the real clients, from several instances, over two and a half months. */
public final class SampleCommunity {

    private static final List<String> DAYS = List.of(
            "2026-08-20",
            "2026-09-03",
            "2026-09-30",
            "2026-10-01",
            "2026-10-13",
            "2026-10-14",
            "2026-10-30",
            "2026-10-31",
            "2026-11-01",
            "2026-11-20",
            "2026-11-22",
            "2026-11-23");

    private SampleCommunity() {}

    /** Sends each payload from three to ten instances on different days; the last day is incomplete. */
    public static List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (int payload = 0; payload < EventRows.payloads(); payload++) {
            int instances = 3 + payload % 8;
            for (int instance = 0; instance < instances; instance++) {
                String day = DAYS.get((payload + instance / 5) % DAYS.size());
                events.add(EventRows.payload(payload)
                        .by((payload + instance) % 12)
                        .at("%sT%02d:%02d:%02dZ".formatted(day, payload % 24, payload % 60, instance)));
            }
        }
        return events;
    }
}
