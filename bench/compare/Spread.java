import java.util.List;
import java.util.Locale;

/** Several measurements of one figure. */
record Spread(double min, double median, double max) {

    static Spread of(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** A dash when it is no number, which is what was not measured. */
    String text(int decimals) {
        if (Double.isNaN(median)) {
            return "–";
        }
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " / **" + number + "** / " + number, min, median, max);
    }
}
