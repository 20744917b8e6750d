package io.spinnaker.stats.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Markup that is safe to put into a page: labels are text from strangers, and only {@link #text} turns text into markup.
 *
 * @param markup well-formed markup
 */
record Html(String markup) {

    static final Html EMPTY = new Html("");

    /** Text, escaped. */
    static Html text(String text) {
        return new Html(escape(text));
    }

    /** An element. Attributes are names and values in turn. It has an end tag unless it is void. */
    static Html element(String name, List<String> attributes, Html... children) {
        StringBuilder markup = new StringBuilder("<").append(name);
        for (int i = 0; i < attributes.size(); i += 2) {
            markup.append(' ').append(attributes.get(i)).append("=\"");
            markup.append(escape(attributes.get(i + 1))).append('"');
        }
        if (isVoid(name)) {
            return new Html(markup + " />");
        }
        markup.append('>');
        for (Html child : children) {
            markup.append(child.markup);
        }
        return new Html(markup + "</" + name + ">");
    }

    static Html element(String name, Html... children) {
        return element(name, List.of(), children);
    }

    static Html link(String href, Html content) {
        return element("a", List.of("href", href), content);
    }

    static Html link(String href, String text) {
        return link(href, text(text));
    }

    static Html list(List<Html> items) {
        return element(
                "ul", join(items.stream().map(item -> element("li", item)).toList()));
    }

    /** Parts that follow each other. */
    static Html join(List<Html> parts) {
        StringBuilder markup = new StringBuilder();
        parts.forEach(part -> markup.append(part.markup));
        return new Html(markup.toString());
    }

    static Html join(Html... parts) {
        return join(List.of(parts));
    }

    /** A label as a part of an address. */
    static String encode(String label) {
        return URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean isVoid(String name) {
        return List.of("meta", "link", "img", "source").contains(name);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
