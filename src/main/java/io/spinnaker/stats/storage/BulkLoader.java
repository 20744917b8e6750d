package io.spinnaker.stats.storage;

import java.util.stream.Stream;

/** Loads many rows into a local database. */
public interface BulkLoader {

    /**
     * Replaces the rows of all instances whose ids begin with a prefix, in one transaction. Other writers wait meanwhile.
     *
     * @return the number of rows of such instances afterwards
     */
    long replace(String idPrefix, Stream<Row> rows);

    /** The number of rows of instances whose ids begin with a prefix. */
    long count(String idPrefix);
}
