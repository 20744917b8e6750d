package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.TableId;
import io.spinnaker.stats.gcp.GoogleClients;
import java.net.URI;
import java.util.List;

/** Storage in memory with events that a test chooses. */
public interface TestStorage extends AutoCloseable {

    /** DuckDB itself. */
    static TestStorage duckDb() {
        return new DuckDbInMemory();
    }

    /** GoogleSQL in memory, with BigQuery's type checks. */
    static TestStorage googleSql() {
        return new GoogleSqlInMemory();
    }

    /** The SQL engine of a BigQuery or its emulator, for a dataset of the project {@code demo}. */
    static SqlEngine bigQuery(URI host, String dataset) {
        return new BigQuerySqlEngine(bigQuery(host), TableId.of("demo", dataset, "events"), 1_000_000_000);
    }

    /** A client of the project {@code demo}. */
    static BigQuery bigQuery(URI host) {
        return GoogleClients.withoutCredentials().bigQuery("demo", host, "host", new InsertAllBody());
    }

    /** Replaces the table {@code events} by the given rows. */
    void setEvents(List<JsonNode> rows);

    SqlEngine sqlEngine();

    @Override
    void close();
}
