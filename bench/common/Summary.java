package common;

import java.util.List;
import java.util.Locale;

/** Minimum, median and maximum of several measurements. */
public record Summary(double min, double median, double max) {

    public static Summary of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** Formats the summary for a Markdown table; a dash stands for NaN, which means not measured. */
    public String text(int decimals) {
        if (Double.isNaN(median)) {
            return "–";
        }
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " / **" + number + "** / " + number, min, median, max);
    }
}
