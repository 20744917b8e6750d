package io.spinnaker.stats.contract;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.Printer;
import java.nio.charset.StandardCharsets;

/** The forms in which proto3's JSON mapping can represent a message, default values included. */
public enum JsonForm {
    /** As all clients write it. */
    OF_CLIENTS(printer()),
    /** With the names of log.proto. */
    PROTO_NAMES(printer().preservingProtoFieldNames()),
    /** With enums as numbers. */
    ENUM_NUMBERS(printer().printingEnumsAsInts()),
    /** On one line. */
    COMPACT(printer().omittingInsignificantWhitespace());

    @SuppressWarnings("ImmutableEnumChecker") // a printer has no setters
    private final Printer printer;

    JsonForm(Printer printer) {
        this.printer = printer;
    }

    private static Printer printer() {
        return JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
    }

    /** The body that a client would send. */
    public byte[] body(MessageOrBuilder message) {
        try {
            return printer.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("has no JSON: " + message, e);
        }
    }
}
