package io.spinnaker.stats.ingest;

import io.spinnaker.stats.event.EventReader;

/** A body above the limit of {@link EventReader#MAX_BYTES}. */
final class BodyTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException() {
        super("body too large", null, false, false);
    }
}
