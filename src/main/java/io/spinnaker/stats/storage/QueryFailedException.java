package io.spinnaker.stats.storage;

/** A query failed. The message says why and quotes neither rows nor SQL. */
public final class QueryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueryFailedException(String reason) {
        super(reason, null, false, false);
    }
}
