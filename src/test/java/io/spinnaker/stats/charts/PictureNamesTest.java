package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names of the files with pictures. */
class PictureNamesTest {

    @Test
    void areThoseOfTheChartsInLightAndDark() {
        for (Chart chart : Charts.all()) {
            assertThat(ChartFile.isName(chart.name() + ".svg")).isTrue();
            assertThat(ChartFile.isName(chart.name() + "-dark.svg")).isTrue();
            assertThat(ChartFile.pictureName(chart, true)).isEqualTo(chart.name() + "-dark.svg");
            assertThat(ChartFile.contentType(ChartFile.pictureName(chart, false)))
                    .isEqualTo("image/svg+xml");
        }
        assertThat(ChartFile.isName("no-such-chart.svg")).isFalse();
        assertThat(ChartFile.isName("versions-light.svg")).isFalse();
    }
}
