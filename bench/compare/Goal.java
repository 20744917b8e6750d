package compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A goal for a figure of this service, a row of {@code goals.md}. It is met if the median, or the maximum, is within the
 * limit.
 *
 * @param peer the implementation whose figure divides that of this service; empty if the goal is for the figure itself
 * @param bound ≤, ≥, or max ≤ for a goal that the maximum must meet
 */
record Goal(String results, String figure, String peer, String bound, double limit) {

    private static Goal parse(String tableRow) {
        String[] cells = tableRow.split("\\s*\\|\\s*");
        int limitAt = cells[4].lastIndexOf(' ');
        double limit = Double.parseDouble(cells[4].substring(limitAt));
        return new Goal(cells[1], cells[2], cells[3], cells[4].substring(0, limitAt), limit);
    }

    /** Prints the goals for which there are results, and what each executable of this service reached. */
    static void print(List<Results> all, List<Implementation> implementations) throws IOException {
        System.out.printf("%n### Goals%n%n| figure | goal | measured | met |%n|---|--:|--:|---|%n");
        List<String> rows = Files.readAllLines(Path.of("bench/compare/goals.md"));
        rows.removeIf(row -> !row.matches(".*[≤≥].*"));
        for (Implementation each : implementations) {
            for (Goal goal : rows.stream().map(Goal::parse).toList()) {
                for (Results measured : all) {
                    if (each.isExecutable() && goal.appliesTo(measured, each.name())) {
                        System.out.println(goal.tableRow(measured, each.name()));
                    }
                }
            }
        }
    }

    private boolean appliesTo(Results measured, String name) {
        return measured.name.equals(results)
                && measured.has(name, figure)
                && (peer.isEmpty() || measured.has(peer, figure));
    }

    private String tableRow(Results measured, String name) {
        Results.Summary value = measured.summary(name, peer, figure);
        boolean isMet = switch (bound) {
            case "≤" -> value.median() <= limit;
            case "≥" -> value.median() >= limit;
            default -> value.max() <= limit;
        };
        String subject = figure + ", " + name + (peer.isEmpty() ? "" : " : " + peer) + ", " + results;
        return "| " + subject + " | " + bound + " " + limit + " | " + value + " | " + (isMet ? "yes" : "**no**") + " |";
    }
}
