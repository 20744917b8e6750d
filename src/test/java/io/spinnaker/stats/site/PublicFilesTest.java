package io.spinnaker.stats.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.DrawFailure;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.charts.SampleCommunity;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.storage.TestStorage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All public files together. */
class PublicFilesTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    private static final Set<String> ONE_OF_EACH_KIND = Set.of(
            "stage-types.json",
            "stage-types.svg",
            "stage-types-dark.svg",
            "features.json",
            "candidates.csv",
            "report-2026-09.html",
            "report-2026-10.md",
            "changes.xml",
            "badge-stage-types-deploy.json",
            "summary.json",
            "index.json");

    private final TestStorage storage = TestStorage.duckDb();
    private final Dashboard dashboard = new Dashboard(storage.sqlEngine(), PublishedCharts.options());
    private final PublicFiles publicFiles = new PublicFiles(dashboard);

    @AfterEach
    void close() {
        storage.close();
    }

    private void update() {
        storage.setEvents(SampleCommunity.events());
        assertThat(dashboard.update(AS_OF, Set.of())).isEmpty();
    }

    @Test
    void computesEachFileAsPartOfAllAndByItself() {
        update();
        PublicFiles.Computed computed = publicFiles.files(AS_OF);
        assertThat(computed.failures()).isEmpty();
        assertThat(computed.files())
                .extracting(ChartFile::name)
                .doesNotHaveDuplicates()
                .allMatch(ChartFile::isName)
                .containsAll(ONE_OF_EACH_KIND)
                .endsWith("index.json");
        for (ChartFile file : computed.files()) {
            assertThat(file.content()).hasSizeLessThan(Limits.DOWNLOADS.maxFileBytes());
            assertThat(file.contentType()).isEqualTo(ChartFile.contentType(file.name()));
            if (ONE_OF_EACH_KIND.contains(file.name())) {
                assertThat(publicFiles.file(file.name(), AS_OF).orElseThrow().content())
                        .as(file.name())
                        .isEqualTo(file.content());
            }
        }
    }

    /** The community reports on few days, so no month is complete. */
    @Test
    void writesTrueSentencesAboutIncompleteMonths() {
        update();
        assertThat(text("report-2026-10.md"))
                .contains("October 2026 has no numbers, because the data of 26 days is missing.");
        assertThat(text("report-2026-08.md"))
                .contains("August 2026 has no numbers, because fewer than 5 instances reported.");
        assertThat(text("summary.json"))
                .contains("The first complete month is November 2026; its numbers appear on 5 December 2026.");
        assertThat(text("badge-stage-types-deploy.json")).contains("\"no data\"");
    }

    @Test
    void computesTheOtherFilesIfOneFails() {
        ChartFile file = new ChartFile("changes.xml", "", new byte[0]);
        ChartFile index = new ChartFile("index.json", "", new byte[0]);
        Map<String, Supplier<List<ChartFile>>> derived = new LinkedHashMap<>();
        derived.put("features", () -> {
            throw new IllegalStateException("broken");
        });
        derived.put("changes", () -> List.of(file));
        PublicFiles.Computed computed = PublicFiles.compute(List.of(index), derived);
        assertThat(computed.files()).containsExactly(file, index);
        assertThat(computed.failures()).extracting(DrawFailure::subject).containsExactly("files=features");
    }

    @Test
    void existWithoutEvents() {
        dashboard.update(AS_OF, Set.of());
        PublicFiles.Computed computed = publicFiles.files(AS_OF);
        assertThat(computed.failures()).isEmpty();
        assertThat(computed.files())
                .extracting(ChartFile::name)
                .contains("summary.json", "changes.xml", "features.json", "stage-types.svg")
                .noneMatch(name -> name.startsWith("report-") || name.startsWith("badge-"))
                .endsWith("index.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report-2026-13.html",
                "report-2019-12.md",
                "report-2030-01.html",
                "report-2026-10.txt",
                "badge-triggers-invented.json",
                "badge-triggers-..%2findex.json",
                "versions-light.svg",
                "summary.html"
            })
    void hasNoOtherFiles(String name) {
        update();
        assertThat(publicFiles.file(name, AS_OF)).isEmpty();
    }

    /** The service keeps an entry for each name. */
    @Test
    void hasABoundedNumberOfNames() {
        assertThat(List.of("report-2100-01.html", "report-999999-01.html", "badge-stage-types-x.json"))
                .noneMatch(ChartFile::isName);
    }

    private String text(String name) {
        return new String(publicFiles.file(name, AS_OF).orElseThrow().content(), StandardCharsets.UTF_8);
    }
}
