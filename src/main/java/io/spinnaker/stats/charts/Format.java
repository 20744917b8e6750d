package io.spinnaker.stats.charts;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Formats published numbers, dates and labels as English text, in the same way as the page's {@code format.js}. */
public final class Format {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);

    /** Control characters, and characters that are invisible or change the direction of the text around them. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern MORE_THAN = Pattern.compile("^more than ([0-9]+)");

    /** Sorts labels by the numbers in them: 1.9 before 1.17, and "501 to 1000" before "more than 1000". */
    public static final Comparator<String> BY_NUMBERS = Comparator.comparing(Format::sortKey);

    private Format() {}

    private static String sortKey(String label) {
        String key = MORE_THAN.matcher(label).replaceFirst("$1 and more");
        return NUMBER.matcher(key)
                .replaceAll(match -> "0".repeat(Math.max(0, 12 - match.group().length())) + match.group());
    }

    /** "October 2026". */
    public static String month(LocalDate day) {
        return MONTH.format(YearMonth.from(day));
    }

    /** "21 November 2026". */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** "12,800". */
    public static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.UK).format(number);
    }

    /** A share in whole percent, because counts have noise and a decimal would claim too much. */
    public static String percent(double share) {
        return share > 0 && share < 0.005 ? "under 1%" : Math.round(100 * share) + "%";
    }

    /** "1 month", "2 months". */
    public static String plural(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** "a", "a and b", "a, b and c". */
    public static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }

    /** Whether the label, such as "(own)", groups values instead of naming one. */
    public static boolean isSpecial(String label) {
        return label.startsWith("(") && label.endsWith(")");
    }

    /** Whether the label names a value. UNKNOWN stands for values that Spinnaker does not report by their names. */
    public static boolean isValue(String label) {
        return !isSpecial(label) && !label.equals("UNKNOWN") && !label.endsWith("_UNKNOWN");
    }

    /** A label that is safe to show. */
    public static String printable(String label) {
        return label.isEmpty() ? "(empty)" : UNPRINTABLE.matcher(label).replaceAll("\ufffd");
    }
}
