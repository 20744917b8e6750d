package compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures of each implementation, measured once per round. */
final class Results {

    /** Minimum, median and maximum of a figure. */
    record Summary(double min, double median, double max) {

        static Summary of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int size = sorted.size();
            double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
            return new Summary(sorted.getFirst(), median, sorted.getLast());
        }

        /** Formats the summary for a Markdown table; a dash stands for NaN, which means not measured. */
        @Override
        public String toString() {
            String number = median < 1 ? "%.3f" : median < 100 ? "%.2f" : "%.0f";
            return Double.isNaN(median)
                    ? "–"
                    : String.format(number + " / **" + number + "** / " + number, min, median, max);
        }
    }

    final String name;
    private final List<String> figures;
    private final Map<String, List<double[]>> rounds = new TreeMap<>();

    Results(String name, String... figures) {
        this.name = name;
        this.figures = List.of(figures);
    }

    /** Adds the figures of one round. */
    void add(Implementation implementation, double... values) {
        rounds.computeIfAbsent(implementation.name(), absent -> new ArrayList<>())
                .add(values);
    }

    boolean has(String implementation, String figure) {
        return rounds.containsKey(implementation) && figures.contains(figure);
    }

    Summary summary(String implementation, String figure) {
        int index = figures.indexOf(figure);
        return Summary.of(
                rounds.get(implementation).stream().map(values -> values[index]).toList());
    }

    /** Divides a figure of one implementation by that of another in the same round. */
    Summary ratio(String one, String other, String figure) {
        int index = figures.indexOf(figure);
        List<double[]> ones = rounds.get(one);
        List<double[]> others = rounds.get(other);
        return Summary.of(IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round)[index] / others.get(round)[index])
                .toList());
    }

    /** Prints one row per implementation, and the ratios of this service to each of the others. */
    void print() {
        System.out.printf("%n### %s%n%n| implementation | %s |%n", name, String.join(" | ", figures));
        System.out.println("|---|" + "--:|".repeat(figures.size()));
        rounds.keySet().forEach(name -> printRow(name, figure -> summary(name, figure)));
        for (String name : rounds.keySet()) {
            if (!name.equals(Implementation.SERVICE)) {
                String ratio = Implementation.SERVICE + " : " + name;
                printRow(ratio, figure -> ratio(Implementation.SERVICE, name, figure));
            }
        }
    }

    private void printRow(String heading, Function<String, Summary> value) {
        String cells = figures.stream().map(value).map(Summary::toString).collect(Collectors.joining(" | "));
        System.out.println("| " + heading + " | " + cells + " |");
    }
}
