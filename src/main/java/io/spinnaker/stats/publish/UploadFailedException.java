package io.spinnaker.stats.publish;

/** A public file was not written. The message is for operators. */
final class UploadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UploadFailedException(String reason) {
        super(reason, null, false, false);
    }
}
