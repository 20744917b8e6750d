package io.spinnaker.stats.charts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON and CSV as all public files have them. The same data gives the same bytes. */
public final class FileFormats {

    /** The version of all JSON files. Raised if the meaning of a field changes, or one is removed. */
    public static final int SCHEMA_VERSION = 1;

    /** Characters beyond U+FFFF take 4 bytes and not, as two escapes, 12. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /**
     * A character that begins a formula, in any width, unless a letter or a digit precedes it: no field can begin there,
     * whatever a spreadsheet takes for a separator, a quote or a space.
     */
    private static final Pattern FORMULA =
            Pattern.compile("(?<![\\p{L}\\p{N}])[=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]");

    /** Control characters and line breaks: programs that load a file reject it or end the line there. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\u2028\u2029]");

    private FileFormats() {}

    /** Writes the fields of one JSON object. */
    public interface Fields {
        /** Writes them. */
        void write(JsonGenerator out) throws IOException;
    }

    static ChartFile file(String name, byte[] content) {
        return new ChartFile(name, ChartFile.contentType(name), content);
    }

    /** A file with this text. */
    public static ChartFile text(String name, CharSequence text) {
        return file(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A file with one JSON object. */
    public static ChartFile json(String name, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return file(name, bytes.toByteArray());
    }

    /** Writes a day, or null. */
    public static void write(JsonGenerator out, String name, @Nullable LocalDate day) throws IOException {
        out.writeStringField(name, day == null ? null : day.toString());
    }

    /** Writes a number, or null. */
    public static void write(JsonGenerator out, String name, @Nullable Long number) throws IOException {
        out.writeFieldName(name);
        if (number == null) {
            out.writeNull();
        } else {
            out.writeNumber(number);
        }
    }

    /** Writes a text; nothing if it is null. */
    public static void writeIfPresent(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    /** Appends a separator and a field of a CSV file; an empty one for null. */
    public static void append(StringBuilder text, @Nullable Long number) {
        text.append(',').append(number == null ? "" : number);
    }

    /** A label as a field of a CSV file: quoted, and with no text that a spreadsheet would execute. */
    public static String quoted(String label) {
        String defused = FORMULA.matcher(label(label)).replaceAll("'$0");
        return '"' + defused.replace("\"", "\"\"") + '"';
    }

    /** A label as every file has it. */
    public static String label(String label) {
        return CONTROL.matcher(label).replaceAll("\ufffd");
    }
}
