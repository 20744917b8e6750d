package io.spinnaker.stats.dev.demo;

/**
 * How many take part over the year: a share that stays, then moves in a straight line, then stays.
 *
 * @param first the share until the month {@code from}
 * @param last the share since the month {@code to}
 * @param from months since the year's first day
 * @param to likewise, later
 */
record AdoptionCurve(double first, double last, double from, double to) {

    /** All, always. */
    static final AdoptionCurve ALL = steady(1);

    /** The same share all year. */
    static AdoptionCurve steady(double share) {
        return new AdoptionCurve(share, share, 0, 13);
    }

    /** From one share to another in the course of the year. */
    static AdoptionCurve moving(double first, double last) {
        return new AdoptionCurve(first, last, 0, 13);
    }

    /**
     * Whether somebody takes part then.
     *
     * @param who somebody's own number from 0 to 1: with a share that moves one way only, nobody changes sides twice
     */
    boolean has(double who, double month) {
        return who < first + (last - first) * Math.clamp((month - from) / (to - from), 0, 1);
    }
}
