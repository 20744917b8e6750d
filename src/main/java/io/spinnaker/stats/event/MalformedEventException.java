package io.spinnaker.stats.event;

/** A body that is not one JSON object. It has neither a cause nor a position, because a parser's message quotes the body. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedEventException() {
        super("not one JSON object, nested no deeper than " + EventReader.MAX_DEPTH, null, false, false);
    }
}
