package io.spinnaker.stats.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The colours of pictures. */
class PaletteTest {

    /** A picture in the page has the page's colours, and a file has the same. */
    @Test
    void hasTheColorsOfThePage() throws IOException {
        String css = Files.readString(Path.of("src/main/resources/page/style.css"));
        for (Color color : Color.values()) {
            assertThat(css)
                    .contains("%s: light-dark(%s, %s);"
                            .formatted(color.variable(), color.in(Theme.LIGHT), color.in(Theme.DARK)));
        }
    }

    @Test
    void givesNeighbouringReleasesDifferentColors() {
        List<Color> colors = IntStream.range(0, 5)
                .boxed()
                .flatMap(i -> List.of("2026." + i + ".x", "2026." + i + " or newer").stream())
                .map(Palette::of)
                .distinct()
                .toList();
        assertThat(colors).hasSize(5);
        assertThat(Palette.of("1.38.x")).isNotEqualTo(Palette.of("2025.0.x"));
    }

    @Test
    void givesStatusesDifferentColors() {
        assertThat(List.of("SUCCEEDED", "TERMINAL", "CANCELED", "STOPPED", "SKIPPED").stream()
                        .map(Palette::of)
                        .distinct())
                .hasSize(5);
    }

    @Test
    void drawsGreysForLabelsThatNameNoValue() {
        for (String label : List.of("(own)", "(not reported)", "UNKNOWN", "ENVIRONMENT_UNKNOWN")) {
            assertThat(Palette.of(label)).isIn(Color.OTHER, Color.REMAINDER, Color.MUTED);
        }
    }

    /** The hash is that of the language's specification, so a label has the same colour on every machine. */
    @Test
    void givesALabelAColorByItsNameAlone() {
        assertThat(Palette.of("deploy")).isEqualTo(Color.SERIES_8);
        List<Series> lines = Arrays.asList(Series.of("deploy", List.of(1.0)), Series.of("deploy", List.of(2.0)));
        assertThat(Palette.dashes(lines, 0)).isNull();
        assertThat(Palette.dashes(lines, 1)).isNotNull();
    }
}
