package io.spinnaker.stats.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The Atom feed, read with the JDK's parser. */
class FeedTest {

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    @Test
    void hasWhatAtomRequires() throws Exception {
        Element feed = feed(PublishedNumbers.eventful().history());
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(text(feed, "id")).isEqualTo("tag:stats.spinnaker.io,2026:changes");
        assertThat(text(feed, "title")).isEqualTo("How Spinnaker is used: notable changes");
        assertThat(text(feed, "updated")).isEqualTo("2026-11-05T00:00:00Z");
        assertThat(text(feed, "author")).isEqualTo("Spinnaker usage statistics");
        List<Element> entries = entries(feed);
        assertThat(entries).hasSizeBetween(13, 100).allSatisfy(entry -> {
            assertThat(text(entry, "title")).isNotBlank();
            assertThat(text(entry, "summary")).endsWith(".");
            assertThat(Instant.parse(text(entry, "updated"))).isNotNull();
            assertThat(href(entry)).matches("/report/20[0-9]{2}-[0-9]{2}/");
        });
        assertThat(entries.stream().map(entry -> text(entry, "id")))
                .doesNotHaveDuplicates()
                .startsWith("tag:stats.spinnaker.io,2026:2026-10")
                .contains("tag:stats.spinnaker.io,2026:2026-10/stage-types/acaTask/first-reported");
        assertThat(entries.stream().map(entry -> text(entry, "updated")))
                .as("newest first")
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** Readers would show an entry again whose id or text changes. */
    @Test
    void keepsEntriesWhenMonthsAreAdded() throws Exception {
        List<String> before = texts(PublishedNumbers.eventful(23).history());
        List<String> after = texts(PublishedNumbers.eventful(24).history());
        List<String> kept = before.stream().filter(after::contains).toList();
        assertThat(before.subList(0, kept.size())).isEqualTo(kept);
        assertThat(before.subList(kept.size(), before.size()))
                .allMatch(entry -> entry.contains("2025-10"), "older than the feed");
    }

    @Test
    void isValidWithoutEntries() throws Exception {
        Element feed = feed(new PublishedNumbers(0).history());
        assertThat(entries(feed)).isEmpty();
        assertThat(text(feed, "updated")).isEqualTo("2024-11-04T00:00:00Z");
    }

    @Test
    void escapesLabels() throws Exception {
        String hostile = "<a>&\"]]>\u0000\u202e";
        History history = PublishedNumbers.eventful()
                .label("stage-types", hostile, month -> month < 23 ? 0 : 100)
                .history();
        assertThat(entries(feed(history)).stream().map(entry -> text(entry, "title")))
                .contains("<a>&\"]]>\ufffd\ufffd (stage type): first reported");
    }

    private static Element feed(History history) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(Feed.of(history).content()));
        return document.getDocumentElement();
    }

    private static List<String> texts(History history) throws Exception {
        return entries(feed(history)).stream()
                .map(entry -> text(entry, "id") + text(entry, "title") + text(entry, "summary"))
                .toList();
    }

    private static List<Element> entries(Element feed) {
        return elements(feed, "entry");
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).getFirst().getTextContent();
    }

    private static String href(Element parent) {
        return elements(parent, "link").getFirst().getAttribute("href");
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS(ATOM, name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(Element.class::cast)
                .toList();
    }
}
