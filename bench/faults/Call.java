package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A call to a fake server, with the ways to handle it.
 *
 * @param content the request to BigQuery ({@code tabledata.insertAll}) or Pub/Sub ({@code topics.publish})
 * @param bytes size of the request body
 */
record Call(HttpExchange exchange, EventLedger ledger, JsonNode content, int bytes) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a call, and records which rows it brings to BigQuery, whether or not they are stored. */
    static Call read(HttpExchange exchange, EventLedger ledger) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode content = JSON.readTree(body);
        content.path("rows").forEach(row -> ledger.recordCall(executionId(row.path("json"))));
        return new Call(exchange, ledger, content, body.length);
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
        sendHeaders(status, body).write(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the headers at once and the body one byte at a time. */
    void respondSlowly(String body, long perByteMs) throws IOException, InterruptedException {
        OutputStream out = sendHeaders(200, body);
        for (byte each : body.getBytes(StandardCharsets.UTF_8)) {
            Thread.sleep(perByteMs);
            out.write(each);
            out.flush();
        }
    }

    private OutputStream sendHeaders(int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length());
        return exchange.getResponseBody();
    }
}
