package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;

/** A warehouse in memory, with events that a test chooses. */
public interface TestWarehouse extends AutoCloseable {

    /** DuckDB itself. */
    static TestWarehouse duckDb() {
        return new DuckDbInMemory();
    }

    /** BigQuery's SQL, types and all, without BigQuery. */
    static TestWarehouse googleSql() {
        return new GoogleSqlInMemory();
    }

    /** BigQuery itself, or what answers like it, which holds what it holds: a dataset of the project {@code demo}. */
    static Analysis bigQuery(URI host, String dataset) {
        return new BigQueryAnalysis(new BigQueryConfig(host, dataset));
    }

    /** These rows are the table {@code events} from now on. */
    void setEvents(List<JsonNode> rows);

    Analysis analysis();

    @Override
    void close();
}
