package io.spinnaker.stats.site;

import static io.spinnaker.stats.site.PublishedNumbers.chart;
import static io.spinnaker.stats.site.PublishedNumbers.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.charts.AllowLists;
import io.spinnaker.stats.charts.AllowLists.StageType;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Badges in the format of shields.io. */
class BadgesTest {

    @Test
    void showsTheShareOfTheLastMonth() {
        assertThat(badges(PublishedNumbers.eventful().build()))
                .containsEntry(
                        "badge-stage-types-bake.json",
                        "{\"schemaVersion\":1,\"label\":\"bake\",\"message\":\"40% of instances\",\"color\":\"blue\"}")
                .containsKey("badge-triggers-MANUAL.json")
                .doesNotContainKey("badge-versions-2026.2.x.json");
    }

    @Test
    void saysThatAFeatureIsNoLongerReported() {
        assertThat(badges(PublishedNumbers.eventful().build()))
                .containsEntry(
                        "badge-stage-types-cloneServerGroup.json",
                        "{\"schemaVersion\":1,\"label\":\"cloneServerGroup\",\"message\":\"fewer than 5 instances\","
                                + "\"color\":\"lightgrey\"}");
    }

    @Test
    void saysNothingAboutMonthsThatAreLongAgo() {
        PublishedNumbers numbers = PublishedNumbers.eventful();
        for (int index = 20; index < 24; index++) {
            numbers.incomplete(month(index));
        }
        assertThat(badges(numbers.build()).get("badge-stage-types-bake.json")).contains("\"no data\"", "lightgrey");
    }

    @Test
    void areOnlyForListedNames() {
        Published published = PublishedNumbers.eventful()
                .label("stage-types", "../secret", month -> 100)
                .label("stage-types", "UNKNOWN", month -> 100)
                .build();
        assertThat(badges(published).keySet())
                .allMatch(ChartFile::isName)
                .noneMatch(name -> name.contains("secret") || name.contains("own") || name.contains("UNKNOWN"));
        assertThat(ChartFile.isName("badge-stage-types-invented.json")).isFalse();
    }

    @Test
    void haveDifferentNames() {
        assertThat(AllowLists.knownStageTypes().stream()
                        .map(StageType::type)
                        .map(label -> ChartFile.badgeName(chart("stage-types"), label)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9._-]+"));
        assertThat(ChartFile.badgeName(chart("stage-types"), "a b/c")).isEqualTo("badge-stage-types-a-b-c.json");
    }

    private static Map<String, String> badges(Published published) {
        return Badges.of(published).stream()
                .collect(Collectors.toMap(ChartFile::name, file -> new String(file.content(), StandardCharsets.UTF_8)));
    }
}
