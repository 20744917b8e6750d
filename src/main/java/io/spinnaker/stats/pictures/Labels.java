package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Format;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How labels are sorted and told apart. */
final class Labels {

    private static final Pattern RELEASE = Pattern.compile("([0-9]{1,4}[.][0-9]{1,3})([.]x| or newer)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern MORE_THAN = Pattern.compile("^more than ([0-9]+)");

    /** By the numbers in labels: 1.9 before 1.17, and "501 to 1000" before "more than 1000". */
    static final Comparator<String> BY_NUMBERS = Comparator.comparing(Labels::sortKey);

    private Labels() {}

    /** Whether the label is drawn in grey and after all others, because it names no single value. */
    static boolean isGrey(String label) {
        return !Format.isValue(label);
    }

    /** The release of labels such as "2026.2.x" and "2026.2 or newer"; null for all others. */
    static @Nullable String release(String label) {
        Matcher matcher = RELEASE.matcher(label);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Greys last; then releases, the newest first, and all others by the numbers in them. */
    static Comparator<String> byOrder() {
        return Comparator.comparing(Labels::isGrey)
                .thenComparing(label -> release(label) == null)
                .thenComparing((a, b) ->
                        release(a) != null && release(b) != null ? BY_NUMBERS.compare(b, a) : BY_NUMBERS.compare(a, b));
    }

    private static String sortKey(String label) {
        String key = MORE_THAN.matcher(label).replaceFirst("$1 and more");
        return NUMBER.matcher(key)
                .replaceAll(match -> "0".repeat(Math.max(0, 12 - match.group().length())) + match.group());
    }
}
