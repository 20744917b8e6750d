package io.spinnaker.stats.contract;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.Printer;
import java.nio.charset.StandardCharsets;

/** How proto3's JSON mapping lets a message be written, with the values that are the default. */
public enum JsonForm {
    /** As every Spinnaker writes it. */
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

    /** The body that a client would post. */
    public byte[] body(MessageOrBuilder message) {
        try {
            return printer.print(message).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("has no JSON: " + message, e);
        }
    }
}
