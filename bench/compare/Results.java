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
    private final Map<String, List<double[]>> rounds = new TreeMap<>(); // by implementation

    Results(String name, String... figures) {
        this.name = name;
        this.figures = List.of(figures);
    }

    /** Adds the figures of one round. */
    void add(String implementation, double... values) {
        rounds.computeIfAbsent(implementation, absent -> new ArrayList<>()).add(values);
    }

    boolean has(String implementation, String figure) {
        return rounds.containsKey(implementation) && figures.contains(figure);
    }

    /**
     * Summarises a figure of an implementation.
     *
     * @param peer the implementation whose figure in the same round divides it; empty for none
     */
    Summary summary(String implementation, String peer, String figure) {
        int index = figures.indexOf(figure);
        List<double[]> ones = rounds.get(implementation);
        List<double[]> others = rounds.get(peer);
        return Summary.of(IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round)[index] / (others == null ? 1 : others.get(round)[index]))
                .toList());
    }

    /** Prints one row per implementation, and the ratios of this service to each of the others. */
    void print() {
        System.out.printf("%n### %s%n%n| implementation | %s |%n", name, String.join(" | ", figures));
        System.out.println("|---|" + "--:|".repeat(figures.size()));
        rounds.keySet().forEach(name -> printRow(name, figure -> summary(name, "", figure)));
        for (String peer : rounds.keySet()) {
            if (!peer.equals(Implementation.SERVICE)) {
                String ratio = Implementation.SERVICE + " : " + peer;
                printRow(ratio, figure -> summary(Implementation.SERVICE, peer, figure));
            }
        }
    }

    private void printRow(String heading, Function<String, Summary> value) {
        String cells = figures.stream().map(value).map(Summary::toString).collect(Collectors.joining(" | "));
        System.out.println("| " + heading + " | " + cells + " |");
    }
}
