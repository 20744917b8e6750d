package io.spinnaker.stats.pictures;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A picture that a test reads; an XML parser accepted it. */
record Svg(Document document) {

    static Svg parse(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Svg(factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))));
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    List<Element> elements(String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    /** The first text that begins so. */
    Element text(String start) {
        return elements("text").stream()
                .filter(text -> text.getTextContent().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No text begins with " + start + ": " + texts()));
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
