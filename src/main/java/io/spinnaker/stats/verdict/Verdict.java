package io.spinnaker.stats.verdict;

/**
 * The answer of published numbers to one question.
 *
 * @param headline a few words, such as {@value #GROWING}
 * @param tone the direction of the change, if the verdict is about one
 * @param explanation the evidence, in a sentence or more
 */
public record Verdict(String headline, Tone tone, String explanation) {

    /** A larger share of instances, beyond noise and chance. */
    public static final String GROWING = "Growing";

    /** A smaller share of instances, beyond noise and chance. */
    public static final String SHRINKING = "Shrinking";

    /** A share of instances that has probably not changed much. */
    public static final String STABLE = "Stable";

    /** Published in an earlier month, and not in the latest ones. */
    public static final String NO_LONGER_REPORTED = "No longer reported";

    /** Published in no month: fewer instances than the threshold, possibly none. */
    public static final String NEVER_REPORTED = "Never reported";

    /** The numbers are too small, too uncertain, or those of too few months. */
    public static final String TOO_FEW_TO_TELL = "Too few to tell";

    /** A month that is needed lacks complete data. */
    public static final String NO_DATA = "No data";

    /** The direction of a change. */
    public enum Tone {
        /** More instances. */
        UP,
        /** Fewer instances. */
        DOWN,
        /** No change, or no verdict on it. */
        FLAT
    }
}
