package compare;

import common.Summary;
import java.util.Locale;

/** A goal for a figure, and its measurements. The goal is met if their median is within the limit. */
record Goal(String figure, Bound bound, double limit, Summary measured) {

    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    static Goal atMost(double limit, String figure, Summary measured) {
        return new Goal(figure, Bound.AT_MOST, limit, measured);
    }

    static Goal atLeast(double limit, String figure, Summary measured) {
        return new Goal(figure, Bound.AT_LEAST, limit, measured);
    }

    boolean isMet() {
        return bound == Bound.AT_MOST ? measured.median() <= limit : measured.median() >= limit;
    }

    String tableRow() {
        String sign = bound == Bound.AT_MOST ? "≤" : "≥";
        String met = isMet() ? "yes" : "**no**";
        return String.format(Locale.ROOT, "| %s | %s %s | %s | %s |", figure, sign, limit, measured.text(2), met);
    }
}
