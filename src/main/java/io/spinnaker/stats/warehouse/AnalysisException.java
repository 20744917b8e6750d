package io.spinnaker.stats.warehouse;

/** The warehouse did not answer a query. The message says why, in words that quote neither rows nor SQL. */
public final class AnalysisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnalysisException(String reason) {
        super(reason, null, false, false);
    }
}
