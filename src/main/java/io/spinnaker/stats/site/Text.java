package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Format;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sentence or a few, with labels and links in it, to be written as HTML, Markdown or plain text. */
record Text(List<Part> parts) {

    /** A part of a text. */
    sealed interface Part {

        /** The part without its form. */
        String plain();
    }

    private record Words(String plain) implements Part {}

    private record Label(String label) implements Part {

        @Override
        public String plain() {
            return Format.printable(label);
        }
    }

    private record Link(String plain, String href) implements Part {}

    static Text of(String words) {
        return new Text(List.of(new Words(words)));
    }

    /** A text that begins with a label. */
    static Text ofLabel(String label) {
        return new Text(List.of(new Label(label)));
    }

    Text with(String words) {
        return with(new Words(words));
    }

    Text withLabel(String label) {
        return with(new Label(label));
    }

    /** Adds a link to an address of this project or of the licence. */
    Text withLink(String words, String href) {
        return with(new Link(words, href));
    }

    private Text with(Part part) {
        return new Text(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    String plain() {
        return parts.stream().map(Part::plain).collect(Collectors.joining());
    }

    Html html() {
        return Html.join(parts.stream().map(Text::html).toList());
    }

    private static Html html(Part part) {
        Html text = Html.text(part.plain());
        return switch (part) {
            case Words words -> text;
            case Label label -> Html.element("bdi", text);
            case Link link -> Html.link(link.href(), text);
        };
    }

    String markdown() {
        return parts.stream().map(Text::markdown).collect(Collectors.joining());
    }

    private static String markdown(Part part) {
        return switch (part) {
            case Words words -> escapeMarkdown(words.plain());
            case Label label -> codeSpan(label.plain());
            case Link link ->
                "[%s](<%s>)".formatted(escapeMarkdown(link.plain()), link.href().replaceAll("[<>\\\\\\s]", ""));
        };
    }

    /** Nothing inside a code span is markup. It ends at a run of as many backticks as it began with. */
    private static String codeSpan(String text) {
        String fence = "`";
        while (text.contains(fence)) {
            fence += "`";
        }
        String padding = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + padding + text + padding + fence;
    }

    private static String escapeMarkdown(String text) {
        return text.replaceAll("[\\\\`*_\\[\\]<>&|~#!]", "\\\\$0");
    }
}
