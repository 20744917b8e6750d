package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Format;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How labels are sorted and told apart. */
final class Labels {

    private static final Pattern RELEASE = Pattern.compile("([0-9]{1,4}[.][0-9]{1,3})([.]x| or newer)?");

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
                .thenComparing((a, b) -> release(a) != null && release(b) != null
                        ? Format.BY_NUMBERS.compare(b, a)
                        : Format.BY_NUMBERS.compare(a, b));
    }
}
