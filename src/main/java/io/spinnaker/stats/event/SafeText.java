package io.spinnaker.stats.event;

/**
 * Makes the words of a client safe to store and to show: free text, and names that {@code log.proto} does not have. It cuts
 * long text, and replaces characters that hide or disguise text, and an opening bracket at the start, because the charts'
 * own labels, such as {@code (own)}, begin with one.
 */
final class SafeText {

    /** Limit in Unicode characters. */
    private static final int MAX_LENGTH = 255;

    private static final int REPLACEMENT = 0xFFFD;

    /** Letters without a glyph: the fillers of Hangul. */
    private static final String INVISIBLE_LETTERS = "\u115F\u1160\u3164\uFFA0";

    private static final int BRAILLE_BLANK = 0x2800;

    private SafeText() {}

    /** Returns the text itself if nothing in it has to be replaced, as in the text of almost all clients. */
    static String of(String text) {
        return isPlain(text) ? text : replaced(text, false);
    }

    /**
     * The same in upper case, character by character: {@link String#toUpperCase()} takes time quadratic in the number of
     * characters that become longer.
     */
    static String upperCase(String text) {
        return isPlain(text) && isUpperCase(text) ? text : replaced(text, true);
    }

    /** Tells whether the text is short, of printable ASCII, and begins with a letter or a digit. */
    private static boolean isPlain(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) { // not a stream, which would cost a request 3 % of its CPU
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return text.isEmpty() || Character.isLetterOrDigit(text.charAt(0));
    }

    private static boolean isUpperCase(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c >= 'a' && c <= 'z') {
                return false;
            }
        }
        return true;
    }

    private static String replaced(String text, boolean upperCase) {
        StringBuilder safe = new StringBuilder(MAX_LENGTH);
        boolean blank = true;
        int end = text.length();
        for (int i = 0, length = 0; i < end && length < MAX_LENGTH; length++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int upper = upperCase ? Character.toUpperCase(c) : c;
            boolean isLabel = blank && Character.getType(upper) == Character.START_PUNCTUATION;
            safe.appendCodePoint(isLabel || isUnsafe(upper) ? REPLACEMENT : upper);
            blank = blank && isBlank(upper);
        }
        return safe.toString();
    }

    /** Tells whether the character controls or disguises what is shown, or is not one. Emoji lose joiners that way. */
    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            // control characters; marks of direction and the like; U+2028, U+2029; half of a surrogate pair
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            case Character.OTHER_LETTER -> INVISIBLE_LETTERS.indexOf(c) >= 0;
            case Character.UNASSIGNED -> isNoncharacter(c);
            default -> false;
        };
    }

    /** Code points that Unicode will never assign. Others that it has not assigned yet are kept. */
    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    /** Tells whether a reader would not see the character at the start of a text. */
    private static boolean isBlank(int c) {
        int type = Character.getType(c);
        return type == Character.SPACE_SEPARATOR
                || type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || c == BRAILLE_BLANK;
    }
}
