package io.spinnaker.stats.charts;

import static io.spinnaker.stats.charts.FileFormats.append;
import static io.spinnaker.stats.charts.FileFormats.file;
import static io.spinnaker.stats.charts.FileFormats.label;
import static io.spinnaker.stats.charts.FileFormats.quoted;
import static io.spinnaker.stats.charts.FileFormats.write;
import static io.spinnaker.stats.charts.FileFormats.writeIfPresent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.runtime.LaunchMode;
import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.charts.AllowLists.Unreportable;
import io.spinnaker.stats.charts.Chart.Annotation;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.Dashboard.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the public files. The same numbers give the same bytes. {@code docs/api.md} describes them for readers. */
final class ChartFileWriter {

    /** With an earlier time, the archive would also have it in the machine's time zone, and other bytes elsewhere. */
    private static final LocalDateTime ARCHIVE_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ChartFileWriter() {}

    /** {@code index.json}: the list of charts, and the dates of releases. */
    static ChartFile index(Status status, Options options) {
        return FileFormats.json(ChartFile.INDEX, out -> {
            writeStatus(out, status, options);
            out.writeBooleanField("dev", LaunchMode.current() == LaunchMode.DEVELOPMENT);
            out.writeBooleanField("demo", options.isDemo());
            write(out, "retentionDays", options.retentionDays() == null ? null : Long.valueOf(options.retentionDays()));
            out.writeStringField("contact", options.contact());
            out.writeObjectFieldStart("licence");
            out.writeStringField("name", options.licence().name());
            out.writeStringField("url", options.licence().url());
            out.writeEndObject();
            out.writeArrayFieldStart("charts");
            for (Chart chart : Charts.all()) {
                out.writeStartObject();
                describe(out, chart);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("releases");
            for (Release release : AllowLists.releases()) {
                if (release.date() != null) {
                    out.writeStartObject();
                    out.writeStringField("release", release.line());
                    write(out, "date", release.date());
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
        });
    }

    /** A chart, as {@code NAME.json}. */
    static ChartFile json(ChartData data, Options options) {
        Chart chart = data.chart();
        LocalDate asOf = data.status().asOf();
        DateRange published = asOf == null ? null : chart.period().published(asOf);
        return FileFormats.json(ChartFile.jsonName(chart), out -> {
            writeStatus(out, data.status(), options);
            describe(out, chart);
            write(out, "from", published == null ? null : published.first());
            write(out, "to", published == null ? null : published.last());
            out.writeArrayFieldStart("periods");
            for (DrawnPeriod period : data.periods()) {
                out.writeStartObject();
                write(out, "period", period.period());
                write(out, "instances", period.instances());
                out.writeNumberField("days", period.days());
                out.writeNumberField("daysWithData", period.daysWithData());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("rows");
            for (ChartPoint point : data.points()) {
                out.writeStartObject();
                write(out, "period", point.period());
                out.writeStringField("label", label(point.label()));
                for (PublishedNumber number : PublishedNumber.values()) {
                    if (number == PublishedNumber.INSTANCES || chart.numbers().contains(number)) {
                        write(out, ChartHeaders.nameOf(number), point.number(number));
                    }
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void writeStatus(JsonGenerator out, Status status, Options options) throws IOException {
        out.writeNumberField("schemaVersion", FileFormats.SCHEMA_VERSION);
        write(out, "asOf", status.asOf());
        write(out, "lastEventDay", status.lastEventDay());
        out.writeNumberField("threshold", options.threshold());
        out.writeBooleanField("noise", options.noise());
    }

    /** The meaning of a chart: the headers of its file. */
    private static void describe(JsonGenerator out, Chart chart) throws IOException {
        out.writeStringField("name", chart.name());
        out.writeStringField("title", chart.title());
        out.writeStringField("question", chart.question());
        out.writeStringField("section", chart.section());
        out.writeArrayFieldStart("numbers");
        for (PublishedNumber number : chart.numbers()) {
            out.writeString(ChartHeaders.nameOf(number));
        }
        out.writeEndArray();
        out.writeStringField("period", ChartHeaders.nameOf(chart.period()));
        out.writeStringField("view", ChartHeaders.nameOf(chart.view()));
        out.writeStringField("order", ChartHeaders.nameOf(chart.order()));
        out.writeStringField("labels", ChartHeaders.nameOf(chart.labels()));
        describeLabels(out, chart);
        writeIfPresent(out, "feature", chart.feature());
        if (chart.breakdown() != null) {
            out.writeObjectFieldStart("breakdown");
            out.writeStringField("chart", chart.breakdown().chart());
            out.writeStringField("totals", chart.breakdown().totals());
            out.writeEndObject();
        }
        writeIfPresent(out, "tile", chart.tile());
        writeIfPresent(out, "tileValue", chart.tileValue() == null ? null : ChartHeaders.nameOf(chart.tileValue()));
    }

    /** Writes the sentences about labels, and about months in which the meaning of the numbers changed. */
    private static void describeLabels(JsonGenerator out, Chart chart) throws IOException {
        if (!chart.explanations().isEmpty()) {
            out.writeObjectFieldStart("explanations");
            for (Map.Entry<String, String> explanation : chart.explanations().entrySet()) {
                out.writeStringField(explanation.getKey(), explanation.getValue());
            }
            out.writeEndObject();
        }
        if (!chart.unreportable().isEmpty()) {
            out.writeArrayFieldStart("unreportable");
            for (Unreportable name : chart.unreportable()) {
                out.writeStartObject();
                out.writeStringField("name", name.name());
                out.writeStringField("reportedAs", name.reportedAs());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        if (!chart.annotations().isEmpty()) {
            out.writeArrayFieldStart("annotations");
            for (Annotation annotation : chart.annotations()) {
                out.writeStartObject();
                write(out, "period", annotation.month().atDay(1));
                out.writeStringField("text", annotation.text());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    /** A chart, as {@code NAME.csv}: RFC 4180, with every label quoted and no text that a spreadsheet would execute. */
    static ChartFile csv(ChartData data) {
        Map<LocalDate, DrawnPeriod> periods =
                data.periods().stream().collect(Collectors.toMap(DrawnPeriod::period, Function.identity()));
        StringBuilder text = new StringBuilder(
                "period,label,instances,regular,failing,share_percent,of_instances,days,days_with_data\r\n");
        for (ChartPoint point : data.points()) {
            text.append(point.period()).append(',').append(quoted(point.label()));
            for (PublishedNumber number : PublishedNumber.values()) {
                append(text, data.chart().numbers().contains(number) ? point.number(number) : null);
            }
            DrawnPeriod period = periods.get(point.period());
            append(text, period == null ? null : period.instances());
            append(text, period == null ? null : period.days());
            append(text, period == null ? null : period.daysWithData());
            text.append("\r\n");
        }
        return FileFormats.text(ChartFile.csvName(data.chart()), text);
    }

    /** Files in one archive, with the same time, so that the same files give the same bytes. */
    static ChartFile archive(List<ChartFile> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (ChartFile file : files) {
                ZipEntry entry = new ZipEntry(file.name());
                entry.setTimeLocal(ARCHIVE_TIME);
                zip.putNextEntry(entry);
                zip.write(file.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return file(ChartFile.ARCHIVE, bytes.toByteArray());
    }
}
