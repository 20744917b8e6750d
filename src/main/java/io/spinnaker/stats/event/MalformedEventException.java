package io.spinnaker.stats.event;

/** A body that is not one JSON object. Has neither cause nor position: a parser's message quotes what it read. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedEventException() {
        super("not one JSON object, nested no deeper than " + EventReader.MAX_DEPTH, null, false, false);
    }
}
