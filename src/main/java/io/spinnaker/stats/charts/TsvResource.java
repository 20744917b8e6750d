package io.spinnaker.stats.charts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table in a file of the class path: one line per row, values separated by tabs, the names of the columns first. */
final class TsvResource {

    private TsvResource() {}

    /** The rows, each by column; a value that a line does not have is empty. */
    static List<Map<String, String>> rows(String path) {
        List<String[]> lines = ClasspathResource.text(path)
                .lines()
                .map(line -> line.split("\t", -1))
                .toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < lines.getFirst().length; i++) {
                row.put(lines.getFirst()[i], i < line.length ? line[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }
}
