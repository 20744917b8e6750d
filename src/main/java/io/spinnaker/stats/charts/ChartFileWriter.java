package io.spinnaker.stats.charts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.spinnaker.stats.charts.Dashboard.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the public files. The same numbers give the same bytes. */
final class ChartFileWriter {

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

    private ChartFileWriter() {}

    private static ChartFile file(String name, byte[] content) {
        return new ChartFile(name, ChartFile.contentType(name), content);
    }

    /** Writes the fields of one JSON object. */
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    /** {@code index.json}: the list of charts. */
    static ChartFile index(@Nullable LocalDate asOf, Options options) {
        return json(ChartFile.INDEX, out -> {
            write(out, "asOf", asOf);
            out.writeNumberField("threshold", options.threshold());
            out.writeBooleanField("dev", options.demo() != null);
            out.writeBooleanField(
                    "demo", options.demo() != null && options.demo().getAsBoolean());
            out.writeFieldName("retentionDays");
            write(out, options.retentionDays() == null ? null : Long.valueOf(options.retentionDays()));
            out.writeArrayFieldStart("charts");
            for (Chart chart : Charts.all()) {
                out.writeStartObject();
                describe(out, chart);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /** A chart, as {@code NAME.json}. */
    static ChartFile json(Chart chart, @Nullable LocalDate asOf, List<ChartPoint> points, Options options) {
        LocalDate from = asOf == null ? null : chart.period().firstBegin(asOf);
        LocalDate to = asOf == null ? null : chart.period().lastEnd(asOf);
        return json(ChartFile.jsonName(chart), out -> {
            describe(out, chart);
            write(out, "asOf", asOf);
            out.writeNumberField("maxLabels", ChartFile.MAX_LABELS);
            write(out, "from", from);
            write(out, "to", to);
            out.writeNumberField("threshold", options.threshold());
            out.writeFieldName("instances");
            write(out, to == null ? null : instances(points, chart.period().begin(to)));
            out.writeArrayFieldStart("rows");
            for (ChartPoint point : points) {
                out.writeStartObject();
                out.writeStringField("period", point.period().toString());
                out.writeStringField("label", label(point.label()));
                out.writeNumberField("instances", point.instances());
                out.writeFieldName("count");
                write(out, point.count());
                out.writeFieldName("part");
                write(out, point.part());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    /** The meaning of a chart: the headers of its file. */
    private static void describe(JsonGenerator out, Chart chart) throws IOException {
        out.writeStringField("name", chart.name());
        out.writeStringField("title", chart.title());
        out.writeStringField("question", chart.question());
        out.writeStringField("section", chart.section());
        out.writeStringField("unit", chart.unit());
        out.writeStringField("measure", ChartHeaders.nameOf(chart.measure()));
        out.writeStringField("period", ChartHeaders.nameOf(chart.period()));
        out.writeStringField("view", ChartHeaders.nameOf(chart.view()));
        out.writeStringField("order", ChartHeaders.nameOf(chart.order()));
        out.writeStringField("labels", ChartHeaders.nameOf(chart.labels()));
        writeIfPresent(out, "part", chart.part());
        if (!chart.explanations().isEmpty()) {
            out.writeObjectFieldStart("explanations");
            for (Map.Entry<String, String> explanation : chart.explanations().entrySet()) {
                out.writeStringField(explanation.getKey(), explanation.getValue());
            }
            out.writeEndObject();
        }
        writeIfPresent(out, "feature", chart.feature());
        writeIfPresent(out, "baseline", chart.baseline());
        writeIfPresent(out, "tile", chart.tile());
        writeIfPresent(out, "tileValue", chart.tileValue() == null ? null : ChartHeaders.nameOf(chart.tileValue()));
    }

    private static void writeIfPresent(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    /** The instances of the last period; null if it has no published number. */
    private static @Nullable Long instances(List<ChartPoint> points, LocalDate period) {
        return points.stream()
                .filter(point -> point.period().equals(period))
                .map(ChartPoint::ofInstances)
                .findFirst()
                .orElse(null);
    }

    private static ChartFile json(String name, Fields fields) {
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

    private static void write(JsonGenerator out, String name, @Nullable LocalDate day) throws IOException {
        out.writeStringField(name, day == null ? null : day.toString());
    }

    private static void write(JsonGenerator out, @Nullable Long number) throws IOException {
        if (number == null) {
            out.writeNull();
        } else {
            out.writeNumber(number);
        }
    }

    /** A chart, as {@code NAME.csv}: RFC 4180, with every label quoted and no text that a spreadsheet would execute. */
    static ChartFile csv(Chart chart, @Nullable LocalDate asOf, List<ChartPoint> points) {
        StringBuilder text = new StringBuilder("as_of,period,label,instances,count,part\r\n");
        for (ChartPoint point : points) {
            text.append(asOf)
                    .append(',')
                    .append(point.period())
                    .append(',')
                    .append(quoted(point.label()))
                    .append(',')
                    .append(point.instances())
                    .append(',')
                    .append(point.count() == null ? "" : point.count())
                    .append(',')
                    .append(point.part() == null ? "" : point.part())
                    .append("\r\n");
        }
        return file(ChartFile.csvName(chart), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String label) {
        String defused = FORMULA.matcher(label(label)).replaceAll("'$0");
        return '"' + defused.replace("\"", "\"\"") + '"';
    }

    /** A label as every file has it. */
    private static String label(String label) {
        return CONTROL.matcher(label).replaceAll("\ufffd");
    }
}
