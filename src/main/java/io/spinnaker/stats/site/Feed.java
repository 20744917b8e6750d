package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.charts.Format;
import java.io.StringWriter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes {@code changes.xml}, an Atom feed (RFC 4287) of the last months and their notable changes, newest first. */
final class Feed {

    private static final int MAX_ENTRIES = 100;

    /** Ids are tag URIs (RFC 4151), which do not depend on where the service runs. */
    private static final String TAG = "tag:stats.spinnaker.io,2026:";

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    /** An entry; its id is the same whenever it is written. */
    private record Entry(LocalDate month, String id, String title, String summary) {}

    private Feed() {}

    static ChartFile of(History history) {
        List<Entry> entries = history.months().reversed().stream()
                .limit(History.MONTHS_OF_CHANGES)
                .flatMap(month -> entries(history, month))
                .limit(MAX_ENTRIES)
                .toList();
        return FileFormats.text(ChartFile.CHANGES, write(entries, history.published()));
    }

    private static Stream<Entry> entries(History history, LocalDate month) {
        if (!history.isComplete(month)) {
            return Stream.of();
        }
        Report report = Reports.of(history, month).orElseThrow();
        return Stream.concat(
                Stream.of(new Entry(month, YearMonth.from(month) + "", report.title(), report.summary())),
                Changes.of(history, month).stream()
                        .map(change -> new Entry(
                                month,
                                "%s/%s/%s/%s"
                                        .formatted(
                                                YearMonth.from(month),
                                                change.chart().name(),
                                                Html.encode(change.label()),
                                                change.kind().id()),
                                change.title().plain(),
                                change.explanation())));
    }

    private static String write(List<Entry> entries, Published published) {
        LocalDate asOf = published.status().asOf();
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("feed");
            out.writeDefaultNamespace(ATOM);
            writeText(out, "id", TAG + "changes");
            writeText(
                    out,
                    "title",
                    published.options().isDemo()
                            ? "Demo data: generated changes"
                            : "How Spinnaker is used: notable changes");
            writeText(
                    out,
                    "updated",
                    entries.isEmpty() ? midnight(asOf == null ? LocalDate.EPOCH : asOf) : updated(entries.getFirst()));
            out.writeStartElement("author");
            writeText(out, "name", "Spinnaker usage statistics");
            out.writeEndElement();
            writeLink(out, "self", "/data/" + ChartFile.CHANGES);
            writeLink(out, "alternate", "/");
            for (Entry entry : entries) {
                out.writeStartElement("entry");
                writeText(out, "id", TAG + entry.id());
                writeText(out, "title", entry.title());
                writeText(out, "updated", updated(entry));
                writeText(out, "summary", entry.summary());
                writeLink(out, "alternate", Reports.path(entry.month()));
                out.writeEndElement();
            }
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /** A month is published at the beginning of the 5th day of the next one. */
    private static String updated(Entry entry) {
        return midnight(entry.month().plusMonths(1).withDayOfMonth(History.DAY_OF_PUBLICATION));
    }

    private static String midnight(LocalDate day) {
        return day + "T00:00:00Z";
    }

    private static void writeText(XMLStreamWriter out, String name, String text) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(Format.printable(text));
        out.writeEndElement();
    }

    private static void writeLink(XMLStreamWriter out, String relation, String href) throws XMLStreamException {
        out.writeEmptyElement("link");
        out.writeAttribute("rel", relation);
        out.writeAttribute("href", href);
    }
}
