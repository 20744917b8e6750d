import java.util.Locale;

/** What was to be reached, and what was. The median counts. */
record Goal(String figure, Bound bound, double limit, Spread measured) {

    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    static Goal atMost(double limit, String figure, Spread measured) {
        return new Goal(figure, Bound.AT_MOST, limit, measured);
    }

    static Goal atLeast(double limit, String figure, Spread measured) {
        return new Goal(figure, Bound.AT_LEAST, limit, measured);
    }

    boolean isMet() {
        return bound == Bound.AT_MOST ? measured.median() <= limit : measured.median() >= limit;
    }

    String line() {
        String sign = bound == Bound.AT_MOST ? "≤" : "≥";
        String met = isMet() ? "yes" : "**no**";
        return String.format(Locale.ROOT, "| %s | %s %s | %s | %s |", figure, sign, limit, measured.text(2), met);
    }
}
