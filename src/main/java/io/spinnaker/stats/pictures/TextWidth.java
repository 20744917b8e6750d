package io.spinnaker.stats.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates how wide text is. Pictures are made on servers without fonts and shown with any font, so the estimate is that of
 * DejaVu Sans, which is one of the widest.
 */
final class TextWidth {

    private static final String NARROW = "ijl.,:;'|! ";
    private static final String MEDIUM = "fIrt()[]/-\"·";
    private static final String WIDE = "mwMW%@+=<>";

    private TextWidth() {}

    /** The width in pixels at the font size. */
    static double of(String text, double fontSize) {
        return fontSize * text.codePoints().mapToDouble(TextWidth::inEms).sum();
    }

    private static double inEms(int character) {
        if (character > 0x24f) {
            return character >= 0x2010 && character <= 0x201f ? 0.6 : 1;
        }
        if (NARROW.indexOf(character) >= 0) {
            return 0.34;
        }
        if (MEDIUM.indexOf(character) >= 0) {
            return 0.42;
        }
        if (WIDE.indexOf(character) >= 0) {
            return 0.97;
        }
        return Character.isUpperCase(character) || character == '_' ? 0.71 : 0.63;
    }

    /** Breaks the text into lines that fit, but not before a parenthesis; a single word that is wider is cut. */
    static List<String> wrap(String text, double fontSize, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" (?![(])", -1)) {
            if (!line.isEmpty() && of(line + " " + word, fontSize) > width) {
                lines.add(cut(line.toString(), fontSize, width));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(cut(line.toString(), fontSize, width));
        return lines;
    }

    /** The text, cut with an ellipsis if it is wider. */
    static String cut(String text, double fontSize, double width) {
        if (of(text, fontSize) <= width) {
            return text;
        }
        int[] characters = text.codePoints().toArray();
        int length = characters.length;
        while (length > 1 && of(new String(characters, 0, length) + "…", fontSize) > width) {
            length--;
        }
        return new String(characters, 0, length).stripTrailing() + "…";
    }
}
