package io.spinnaker.stats.dev.demo;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * A feature of Spinnaker from {@code dev/demo-features.tsv}, and the share of instances that use it: constant until one
 * month, then linear until another, then constant again.
 *
 * @param kind such as {@code image-cloud}, whose stages and tasks are {@code image-stage} and {@code image-task}
 * @param name as Spinnaker sends it
 * @param start the share in the beginning
 * @param end the share in the end
 * @param from the month in which the share begins to change, counted from 0
 * @param to the month after which it no longer changes
 * @param failureRate the share of a stage's runs that fail
 */
record Feature(String kind, String name, double start, double end, double from, double to, double failureRate) {

    private static final List<Feature> CATALOG = read();

    private static List<Feature> read() {
        InputStream file = Objects.requireNonNull(Feature.class.getResourceAsStream("/dev/demo-features.tsv"));
        try (Scanner lines = new Scanner(file, StandardCharsets.UTF_8)) {
            return lines.useDelimiter("\n")
                    .tokens()
                    .filter(line -> !line.startsWith("#"))
                    .map(Feature::parse)
                    .toList();
        }
    }

    private static Feature parse(String line) {
        String[] column = line.split("\t");
        double[] number =
                Stream.of(column).skip(2).mapToDouble(Double::parseDouble).toArray();
        return new Feature(column[0], column[1], number[0], number[1], number[2], number[3], number[4]);
    }

    /** The features whose kind ends with the given text. */
    static List<Feature> all(String kind) {
        return CATALOG.stream().filter(feature -> feature.kind.endsWith(kind)).toList();
    }

    /** Whether an instance uses the feature in a month. A share only grows or only shrinks, so an instance changes once. */
    boolean isUsedBy(int instance, double month) {
        double share = start + (end - start) * Math.clamp((month - from) / (to - from), 0, 1);
        return new SeededRandom(instance, name).share() < share;
    }
}
