package io.spinnaker.stats.pictures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes well-formed SVG. Every text and attribute is escaped; colours are attributes, because the page allows no styles. */
final class SvgWriter {

    private final StringBuilder svg = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private final Function<Color, String> colors;
    private boolean inTag;

    SvgWriter(Function<Color, String> colors) {
        this.colors = colors;
    }

    SvgWriter begin(String name) {
        endTag();
        svg.append('<').append(name);
        open.push(name);
        inTag = true;
        return this;
    }

    /** Adds an attribute to the element that has just begun; none if the value is null. */
    SvgWriter with(String attribute, @Nullable String value) {
        if (value != null) {
            svg.append(' ').append(attribute).append("=\"");
            escape(value);
            svg.append('"');
        }
        return this;
    }

    SvgWriter with(String attribute, double value) {
        return with(attribute, number(value));
    }

    SvgWriter with(String attribute, Color color) {
        return with(attribute, colors.apply(color));
    }

    SvgWriter text(String text) {
        endTag();
        escape(text);
        return this;
    }

    SvgWriter end() {
        String name = open.pop();
        if (inTag) {
            svg.append("/>");
            inTag = false;
        } else {
            svg.append("</").append(name).append('>');
        }
        return this;
    }

    /** Adds elements that another writer has written. */
    SvgWriter add(SvgWriter other) {
        endTag();
        svg.append(other);
        return this;
    }

    SvgWriter rect(double x, double y, double width, double height, Color fill) {
        return begin("rect")
                .with("x", x)
                .with("y", y)
                .with("width", Math.max(0, width))
                .with("height", Math.max(0, height))
                .with("fill", fill);
    }

    SvgWriter line(double x1, double y1, double x2, double y2, Color stroke) {
        return begin("line")
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2)
                .with("stroke", stroke);
    }

    /** Begins a text whose baseline is at y. */
    SvgWriter label(double x, double y, double fontSize, Color fill) {
        return begin("text")
                .with("x", x)
                .with("y", y)
                .with("font-size", fontSize)
                .with("fill", fill);
    }

    /** At most one digit after the point, and never an exponent. */
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private void endTag() {
        if (inTag) {
            svg.append('>');
            inTag = false;
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> svg.append("&amp;");
                case '<' -> svg.append("&lt;");
                case '>' -> svg.append("&gt;");
                case '"' -> svg.append("&quot;");
                default -> svg.appendCodePoint(isAllowed(character) ? character : '\ufffd');
            }
        });
    }

    /** Characters that XML 1.0 allows. */
    private static boolean isAllowed(int character) {
        return character >= 0x20 && !(character >= 0xd800 && character <= 0xdfff) && (character & 0xfffe) != 0xfffe;
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
