package faults;

import common.StatsService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** BigQuery's {@code tabledata.insertAll} for one table. */
final class FakeBigQuery extends FakeServer {

    private final EventLedger ledger;

    FakeBigQuery(EventLedger ledger) throws IOException {
        super("/bigquery/v2/projects/" + StatsService.PROJECT + "/datasets/stats/tables/events/insertAll");
        this.ledger = ledger;
    }

    /** Rejects the other rows of a call ("stopped") if one row is invalid, unless the call sets skipInvalidRows. */
    @Override
    String store(String body, Predicate<String> isValid) {
        Map<String, Object> call = JsonReader.readObject(body);
        boolean skipInvalidRows = "true".equals(String.valueOf(call.get("skipInvalidRows")));
        List<Map<String, Object>> rows = JsonReader.asObjects(call.get("rows"));
        Set<Integer> invalid = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!isValid.test(executionId(rows.get(i)))) {
                invalid.add(i);
            }
        }
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (invalid.contains(i)) {
                errors.add(error(i, "invalid", "application.id"));
            } else if (!invalid.isEmpty() && !skipInvalidRows) {
                errors.add(error(i, "stopped", ""));
            } else {
                store(rows.get(i));
            }
        }
        return errors.isEmpty()
                ? "{\"kind\":\"bigquery#tableDataInsertAllResponse\"}"
                : "{\"kind\":\"bigquery#tableDataInsertAllResponse\",\"insertErrors\":[" + String.join(",", errors)
                        + "]}";
    }

    private void store(Map<String, Object> row) {
        String eventId = JsonReader.asText(JsonReader.asObject(row.get("json")).get("event_id"));
        ledger.recordRow(executionId(row), JsonReader.asText(row.get("insertId")), eventId);
    }

    private static String executionId(Map<String, Object> row) {
        Map<String, Object> columns = JsonReader.asObject(row.get("json"));
        return JsonReader.asText(JsonReader.asObject(columns.get("execution")).get("id"));
    }

    private static String error(int index, String reason, String location) {
        return "{\"index\":%d,\"errors\":[{\"reason\":\"%s\",\"location\":\"%s\",\"message\":\"%s\"}]}"
                .formatted(index, reason, location, reason);
    }
}
