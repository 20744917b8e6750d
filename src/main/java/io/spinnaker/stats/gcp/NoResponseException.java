package io.spinnaker.stats.gcp;

import java.io.IOException;

/** A Google API sent no response, or there was no access token for it. The message quotes nothing of the request. */
final class NoResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    NoResponseException(String message) {
        super(message);
    }
}
