package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import common.HttpConnection;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A call to a fake server, with the ways to handle it.
 *
 * @param content the request to BigQuery ({@code tabledata.insertAll}) or Pub/Sub ({@code topics.publish})
 * @param bytes size of the request body
 */
record Call(HttpConnection connection, EventLedger ledger, JsonNode content, int bytes) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a call, and records which rows it brings to BigQuery, whether or not they are stored. */
    static Call read(HttpConnection connection, byte[] body, EventLedger ledger) throws IOException {
        Call call = new Call(connection, ledger, JSON.readTree(body), body.length);
        call.content.path("rows").forEach(row -> ledger.recordCall(executionId(row.path("json"))));
        return call;
    }

    /** Stores all rows or messages. Returns the response of a healthy server. */
    String store() throws IOException {
        return store(executionId -> true);
    }

    /** Stores all messages, or the rows whose execution id is valid. Returns the response of a healthy server. */
    String store(Predicate<String> isValid) throws IOException {
        ObjectNode response = JSON.createObjectNode();
        for (JsonNode message : content.path("messages")) {
            JsonNode row = JSON.readTree(message.path("data").binaryValue());
            ledger.recordDeadLetter(executionId(row), row.path("event_id").asText());
            response.withArray("messageIds").add(row.path("event_id").asText());
        }
        storeRows(content.path("rows"), isValid, response);
        return response.toString();
    }

    /** Rejects the other rows ("stopped") if one row is invalid, unless the call sets skipInvalidRows. */
    private void storeRows(JsonNode rows, Predicate<String> isValid, ObjectNode response) {
        boolean storesValid = content.path("skipInvalidRows").asBoolean()
                || StreamSupport.stream(rows.spliterator(), false)
                        .allMatch(row -> isValid.test(executionId(row.path("json"))));
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i).path("json");
            boolean rowIsValid = isValid.test(executionId(row));
            if (rowIsValid && storesValid) {
                String insertId = rows.get(i).path("insertId").asText();
                ledger.recordRow(
                        executionId(row), insertId, row.path("event_id").asText());
            } else {
                ObjectNode error =
                        response.withArray("insertErrors").addObject().put("index", i);
                error.putArray("errors").addObject().put("reason", rowIsValid ? "stopped" : "invalid");
            }
        }
    }

    private static String executionId(JsonNode row) {
        return row.path("execution").path("id").asText();
    }

    void respond(int status, String body) throws IOException {
        connection.write(HttpConnection.ascii(head(status, body) + body));
    }

    /** Sends the headers at once and the body one byte at a time. */
    void respondSlowly(String body, long perByteMs) throws IOException, InterruptedException {
        connection.write(HttpConnection.ascii(head(200, body)));
        for (byte each : HttpConnection.ascii(body)) {
            Thread.sleep(perByteMs);
            connection.write(new byte[] {each});
        }
    }

    private static String head(int status, String body) {
        return "HTTP/1.1 %d Status\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, body.length());
    }
}
