package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;

/** A warehouse in memory, with events that a test chooses. */
public interface TestStorage extends AutoCloseable {

    /** DuckDB itself. */
    static TestStorage duckDb() {
        return new DuckDbInMemory();
    }

    /** BigQuery's SQL, types and all, without BigQuery. */
    static TestStorage googleSql() {
        return new GoogleSqlInMemory();
    }

    /** BigQuery itself, or what answers like it, which holds what it holds: a dataset of the project {@code demo}. */
    static SqlEngine bigQuery(URI host, String dataset) {
        return new BigQuerySqlEngine(new BigQueryConfig(host, dataset));
    }

    /** These rows are the table {@code events} from now on. */
    void setEvents(List<JsonNode> rows);

    SqlEngine sqlEngine();

    @Override
    void close();
}
