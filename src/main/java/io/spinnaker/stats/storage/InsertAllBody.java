package io.spinnaker.stats.storage;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.services.bigquery.model.TableDataInsertAllRequest;
import com.google.cloud.bigquery.InsertAllRequest.RowToInsert;
import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the body of {@code insertAll} from rows that are JSON already. Google's client would write each row twice, first to
 * count its bytes.
 */
final class InsertAllBody implements HttpExecuteInterceptor {

    /** The only key of a row's content; its value is the row as JSON. */
    private static final String JSON = "json";

    /** Bytes around a row: its id and the names of the fields. */
    private static final int ROW_OVERHEAD = 100;

    /** The row as the client takes it; only this class can write it. */
    static RowToInsert content(Row row) {
        return RowToInsert.of(row.id(), ImmutableMap.of(JSON, row.json()));
    }

    @Override
    public void intercept(HttpRequest request) {
        if (request.getContent() instanceof JsonHttpContent content
                && content.getData() instanceof TableDataInsertAllRequest call) {
            request.setContent(new ByteArrayContent(content.getType(), write(call)));
            request.getHeaders().setAcceptEncoding(null); // the response is shorter than gzip's own header and trailer
        }
    }

    private static byte[] write(TableDataInsertAllRequest call) {
        List<TableDataInsertAllRequest.Rows> rows = call.getRows();
        ByteArrayOutputStream body = new ByteArrayOutputStream(rows.stream()
                .mapToInt(row -> json(row.getJson()).length + ROW_OVERHEAD)
                .sum());
        String separator = "{\"skipInvalidRows\":" + call.getSkipInvalidRows() + ",\"rows\":[";
        for (TableDataInsertAllRequest.Rows row : rows) {
            body.writeBytes((separator + "{\"insertId\":\"" + row.getInsertId() + "\",\"json\":")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(json(row.getJson()));
            separator = "},";
        }
        body.writeBytes("}]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static byte[] json(Map<String, Object> content) {
        return (byte[]) Objects.requireNonNull(content.get(JSON));
    }
}
