package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A warehouse in memory, with events that a test chooses. */
public interface TestWarehouse extends AutoCloseable {

    /** DuckDB itself. */
    static TestWarehouse duckDb() {
        return new DuckDbInMemory();
    }

    /** These rows are the table {@code events} from now on. */
    void setEvents(List<JsonNode> rows);

    Analysis analysis();

    @Override
    void close();
}
