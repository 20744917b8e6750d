package io.spinnaker.stats.warehouse;

/**
 * The warehouse did not confirm a row; it may be there all the same, so a further try takes the same {@link Row}. The
 * message names the cause for those who run the service and quotes nothing of the row.
 */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotStoredException(String reason) {
        super(reason, null, false, false);
    }
}
