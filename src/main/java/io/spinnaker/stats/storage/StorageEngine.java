package io.spinnaker.stats.storage;

import java.util.Optional;

/** A database that stores rows and runs SQL over them. {@link StorageProducer} chooses the one in use. */
public interface StorageEngine extends AutoCloseable {

    /** Writes rows; the same object for every call. */
    RowStore rowStore();

    /** Creates the SQL engine. Called once, when it is first needed: the service that only collects never needs it. */
    SqlEngine newSqlEngine();

    /** Loads many rows at once; empty if this engine cannot, because it is shared. */
    default Optional<BulkLoader> bulkLoader() {
        return Optional.empty();
    }

    /** Whether the data is on this machine, so that queries cost nothing and can run for every reader. */
    default boolean isLocal() {
        return bulkLoader().isPresent();
    }

    /** Daily work; empty if nothing is configured, or the storage does it by itself, as BigQuery does. */
    default Optional<Maintenance> maintenance() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
