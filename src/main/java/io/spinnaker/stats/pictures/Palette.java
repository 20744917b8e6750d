package io.spinnaker.stats.pictures;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The colour of a label. It depends on the label alone, so that it is the same in each picture and each month. */
final class Palette {

    private static final List<Color> SERIES = List.of(
            Color.SERIES_1,
            Color.SERIES_2,
            Color.SERIES_3,
            Color.SERIES_4,
            Color.SERIES_5,
            Color.SERIES_6,
            Color.SERIES_7,
            Color.SERIES_8);

    /** Labels that one picture shows together, and that their hash values would give the same colour. */
    private static final Map<String, Color> CHOSEN = Map.ofEntries(
            Map.entry("SUCCEEDED", Color.SERIES_4),
            Map.entry("TERMINAL", Color.SERIES_5),
            Map.entry("CANCELED", Color.SERIES_2),
            Map.entry("STOPPED", Color.SERIES_6),
            Map.entry("SKIPPED", Color.SERIES_3),
            Map.entry("FAILED_CONTINUE", Color.SERIES_8),
            Map.entry("NOT_STARTED", Color.SERIES_7),
            Map.entry("RUNNING", Color.SERIES_1),
            Map.entry("on 21 days or more", Color.SERIES_1),
            Map.entry("on 6 to 20 days", Color.SERIES_7),
            Map.entry("on 2 to 5 days", Color.SERIES_6),
            Map.entry("on 1 day", Color.SERIES_2));

    /** Greys that are neighbours in a stack. Others have the grey of the remainder. */
    private static final Map<String, Color> GREYS = Map.of(
            "(own)", Color.MUTED,
            "(development build)", Color.MUTED,
            "(not counted)", Color.OTHER,
            "(not reported)", Color.OTHER);

    /** Releases were numbered from 1.0 to 1.38; since 2025, there are up to five per year. */
    private static final int OLD_RELEASES = 39;

    private static final int FIRST_YEAR = 2025;
    private static final int RELEASES_PER_YEAR = 5;

    /** Lines with the same colour differ by their dashes. */
    private static final List<String> DASHES = List.of("6 3", "2 3", "9 3 2 3");

    private Palette() {}

    static Color of(String label) {
        if (Labels.isGrey(label)) {
            return GREYS.getOrDefault(label, Color.REMAINDER);
        }
        Color chosen = CHOSEN.get(label);
        return chosen != null ? chosen : SERIES.get(Math.floorMod(number(label), SERIES.size()));
    }

    /** Releases are numbered one after the other, so that neighbours differ. The page's series.js does the same. */
    private static int number(String label) {
        String release = Labels.release(label);
        if (release == null) {
            return label.hashCode();
        }
        int point = release.indexOf('.');
        int year = Integer.parseInt(release.substring(0, point));
        int number = Integer.parseInt(release.substring(point + 1));
        return year < FIRST_YEAR ? number : OLD_RELEASES + (year - FIRST_YEAR) * RELEASES_PER_YEAR + number;
    }

    /** The dashes of the line at the index; null if no line before it has the same colour. */
    static @Nullable String dashes(List<Series> lines, int index) {
        long before = lines.subList(0, index).stream()
                .filter(line -> line.color() == lines.get(index).color())
                .count();
        return before == 0 ? null : DASHES.get((int) ((before - 1) % DASHES.size()));
    }
}
