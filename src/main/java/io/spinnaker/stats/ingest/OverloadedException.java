package io.spinnaker.stats.ingest;

/** A limit of this instance rejects a request that is valid in itself. */
final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverloadedException(String reason) {
        super(reason, null, false, false);
    }
}
