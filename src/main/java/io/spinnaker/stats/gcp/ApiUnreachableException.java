package io.spinnaker.stats.gcp;

/** A Google API sent no response, or there was no access token for it. The message quotes nothing of the request. */
public final class ApiUnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ApiUnreachableException(String message) {
        super(message, null, false, false);
    }
}
