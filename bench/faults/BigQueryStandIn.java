import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** BigQuery's {@code tabledata.insertAll} of one table. */
final class BigQueryStandIn extends HttpStandIn {

    static final String PROJECT = "demo";

    private final Tally tally;

    BigQueryStandIn(Tally tally) throws IOException {
        super("/bigquery/v2/projects/" + PROJECT + "/datasets/stats/tables/events/insertAll");
        this.tally = tally;
    }

    /** One invalid row keeps all others of the call out, too, unless the call says otherwise. */
    @Override
    String take(String body, Predicate<String> valid) {
        Map<String, Object> call = Json.object(body);
        boolean skipsInvalidRows = "true".equals(String.valueOf(call.get("skipInvalidRows")));
        List<Map<String, Object>> rows = Json.objects(call.get("rows"));
        Set<Integer> invalid = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!valid.test(executionId(rows.get(i)))) {
                invalid.add(i);
            }
        }
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (invalid.contains(i)) {
                errors.add(error(i, "invalid", "application.id"));
            } else if (!invalid.isEmpty() && !skipsInvalidRows) {
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
        String eventId = Json.text(Json.object(row.get("json")).get("event_id"));
        tally.rowInBigQuery(executionId(row), Json.text(row.get("insertId")), eventId);
    }

    private static String executionId(Map<String, Object> row) {
        Map<String, Object> columns = Json.object(row.get("json"));
        return Json.text(Json.object(columns.get("execution")).get("id"));
    }

    private static String error(int index, String reason, String location) {
        return "{\"index\":%d,\"errors\":[{\"reason\":\"%s\",\"location\":\"%s\",\"message\":\"%s\"}]}"
                .formatted(index, reason, location, reason);
    }
}
