package io.spinnaker.stats.verdict;

/**
 * The answer of published numbers to one question.
 *
 * @param headline a few words, such as "Growing"
 * @param tone the direction of the change, if the verdict is about one
 * @param explanation the evidence, in a sentence or more
 */
public record Verdict(String headline, Tone tone, String explanation) {

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
