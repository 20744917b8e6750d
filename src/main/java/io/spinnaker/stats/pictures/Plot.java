package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.AllowLists;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Change over time, as lines or as a stack of columns.
 *
 * @param title what the values are, such as "% of instances"
 * @param isStack whether the values of one position add up
 * @param series in reading order, greys last
 * @param size the number of positions on the x-axis
 * @param ticks texts below the x-axis
 * @param axisTitle what the x-axis counts; null for dates
 * @param noise for each position, how far noise usually moves a value at most
 * @param missing for each position, whether there is no complete data
 * @param marks moments that help to understand a change
 * @param omitted labels that have no line because there are too many
 */
record Plot(
        String title,
        Measure measure,
        boolean isStack,
        List<Series> series,
        int size,
        List<Tick> ticks,
        @Nullable String axisTitle,
        List<Double> noise,
        List<Boolean> missing,
        List<Mark> marks,
        int omitted) {

    /** A text below the x-axis. */
    record Tick(int position, String text) {}

    /**
     * A vertical line.
     *
     * @param position where on the x-axis; position 1.5 is between the second and the third value
     * @param text a short name above it; null if a note below the picture explains it
     */
    record Mark(double position, @Nullable String text) {

        /** The days on which releases appeared, for those on the x-axis. */
        static List<Mark> ofReleases(int size, ToDoubleFunction<LocalDate> positionOfDay) {
            List<Mark> marks = new ArrayList<>();
            for (AllowLists.Release release : AllowLists.releases()) {
                double position = release.date() == null ? -1 : positionOfDay.applyAsDouble(release.date());
                if (position > -0.5 && position < size - 0.5) {
                    marks.add(new Mark(position, release.line()));
                }
            }
            return marks;
        }
    }

    /** The last position with data. */
    int lastColumn() {
        return missing.lastIndexOf(false);
    }

    /** Whether it is a part of the last column of a stack, or a line. */
    boolean hasEnd(Series each) {
        return each.last() >= 0 && (!isStack || each.last() == lastColumn());
    }

    /** The name of a line or part, with its value where it has its name. */
    String describe(Series each) {
        return (hasEnd(each) ? each.label() + " " + measure.format(each.valueOrZero(each.last())) : each.label())
                .strip();
    }
}
