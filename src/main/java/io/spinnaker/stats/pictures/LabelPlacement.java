package io.spinnaker.stats.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Moves labels up and down until none overlaps another one. */
final class LabelPlacement {

    /** Enough for a dozen labels; the last pass separates those that still overlap. */
    private static final int ROUNDS = 60;

    private LabelPlacement() {}

    /**
     * A label.
     *
     * @param x its left edge
     * @param middle the height of its middle
     */
    record Label(double x, double width, double middle, double height) {

        /** How far the label reaches into one that should be below it; 0 or less if it does not. */
        double overlap(Label below) {
            boolean sharesColumn = x < below.x + below.width && below.x < x + width;
            return sharesColumn ? middle + (height + below.height) / 2 - below.middle : 0;
        }

        Label moved(double by) {
            return new Label(x, width, middle + by, height);
        }
    }

    /** The labels in the same order, each at its place. They stay above the bottom unless they are too many. */
    static List<Label> place(List<Label> labels, double top, double bottom) {
        List<Label> placed = new ArrayList<>(labels);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> labels.get(i).middle()));
        for (int round = 0; round < ROUNDS; round++) {
            separate(placed, order, 0.5);
            for (int i : order) {
                Label label = placed.get(i);
                double above = bottom - label.height() / 2 - label.middle();
                double below = top + label.height() / 2 - label.middle();
                placed.set(i, label.moved(Math.min(Math.max(0, below), Math.max(above, below))));
            }
        }
        separate(placed, order, 0);
        return placed;
    }

    /**
     * Separates each label from those above it.
     *
     * @param moveUp the part of the distance by which the upper one moves up; the lower one moves down by the rest
     */
    private static void separate(List<Label> placed, List<Integer> order, double moveUp) {
        for (int lower = 1; lower < order.size(); lower++) {
            for (int upper = 0; upper < lower; upper++) {
                int a = order.get(upper);
                int b = order.get(lower);
                double overlap = placed.get(a).overlap(placed.get(b));
                if (overlap > 0) {
                    placed.set(a, placed.get(a).moved(-overlap * moveUp));
                    placed.set(b, placed.get(b).moved(overlap * (1 - moveUp)));
                }
            }
        }
    }
}
