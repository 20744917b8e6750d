package io.spinnaker.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard.Published;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which features there are, their numbers, and which are candidates for removal. */
class FeaturesTest {

    private static final List<Feature> FEATURES = Features.of(PublishedFeatures.of(36)
            .with("stage-types", "wait", month -> 60L)
            .with("stage-types", "deployManifest", month -> 300L + 4L * month)
            .with("stage-types", "jenkins", month -> 12L)
            .with("stage-types", "terraform", month -> 5L)
            .with("stage-types", "(own)", month -> 100L)
            .with("stage-types", "UNKNOWN", month -> 20L)
            .with("stage-types", "wercker", month -> month < -6 ? 90L : null)
            .with("stage-types", "evaluateArtifacts", month -> month < -2 ? null : 7L)
            .with("versions", "2026.2.x", month -> month < -3 ? null : 200L)
            .with("versions", "1.17.x", month -> 6L)
            .with("version-adoption", "2026.2 or newer", month -> month < -3 ? null : 200L)
            .with("deployment-methods", "HALYARD", month -> 150L)
            .with("deployment-methods", "NONE", month -> 150L)
            .with("deployment-methods", "OTHER", month -> 6L)
            .with("pipelines-per-instance", "more than 1000", month -> 6L)
            .published());

    private static Feature feature(String chart, String label) {
        return FEATURES.stream()
                .filter(feature ->
                        feature.chart().name().equals(chart) && feature.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(label));
    }

    @Test
    void areAllLabelsOfTheMonthlyChartsOnce() {
        assertThat(FEATURES).allMatch(feature -> feature.chart().period() == ChartPeriod.MONTH);
        assertThat(FEATURES.stream()
                        .map(feature -> feature.chart().name() + "/" + feature.label())
                        .toList())
                .doesNotHaveDuplicates()
                .contains(
                        "versions/2026.2.x",
                        "version-adoption/2026.2 or newer",
                        "deployment-methods/HALYARD",
                        "deployed-artifacts/DEBIAN_PACKAGES",
                        "environments/KUBERNETES",
                        "cloud-providers/AWS",
                        "triggers/WEBHOOK",
                        "execution-types/PIPELINE",
                        "execution-statuses/SUCCEEDED",
                        "pipelines-per-instance/more than 1000")
                .doesNotContain("versions/1.30.x", "version-adoption/1.30 or newer");
    }

    @Test
    void areSortedByInstancesThenByLabelAndNamesThatCannotBeReportedAreLast() {
        assertThat(FEATURES.stream()
                        .filter(feature -> feature.chart().name().equals("stage-types"))
                        .limit(4)
                        .map(Feature::label))
                .containsExactly("deployManifest", "(own)", "wait", "UNKNOWN");
        assertThat(FEATURES.stream()
                        .filter(feature -> feature.chart().name().equals("triggers"))
                        .map(Feature::label)
                        .toList())
                .startsWith("ARTIFACTORY", "BUILD")
                .endsWith("pipeline", "plugin", "travis");
    }

    @Test
    void haveTheNumbersOfTheLastMonth() {
        Feature feature = feature("stage-types", "deployManifest");
        assertThat(feature.noun()).isEqualTo("stage type");
        assertThat(feature.instances()).isEqualTo(300);
        assertThat(feature.share()).isEqualTo(60);
        assertThat(feature.shareYearBefore()).isEqualTo(50);
        assertThat(feature.regularShare()).isEqualTo(30);
        assertThat(feature.firstReported()).isEqualTo("2023-11-01");
        assertThat(feature.lastReported()).isEqualTo("2026-10-01");
        assertThat(feature.traction()).extracting(Verdict::headline).isEqualTo("Growing");
        assertThat(feature.affected()).extracting(Verdict::headline).isEqualTo("Many instances");
    }

    @Test
    void haveWhatTheListsKnow() {
        Feature deploy = feature("stage-types", "deployManifest");
        assertThat(deploy.name()).isEqualTo("Deploy (Manifest)");
        assertThat(deploy.aliases()).contains("kubernetes deploy");
        assertThat(deploy.since()).isEqualTo("1.5");
        assertThat(deploy.until()).isNull();
        Feature wercker = feature("stage-types", "wercker");
        assertThat(wercker.until()).isEqualTo("2026.1");
        assertThat(wercker.lastReported()).isEqualTo("2026-03-01");
        assertThat(feature("stage-types", "(own)").name()).isNull();
        assertThat(feature("cloud-providers", "KUBERNETES").aliases()).contains("k8s");
    }

    @Test
    void areKnownEvenIfNobodyReportsThem() {
        Feature feature = feature("cloud-providers", "DCOS");
        assertThat(feature.instances()).isNull();
        assertThat(feature.share()).isNull();
        assertThat(feature.firstReported()).isNull();
        assertThat(feature.traction()).extracting(Verdict::headline).isEqualTo("Never reported");
        assertThat(feature.affected()).extracting(Verdict::headline).isEqualTo("Few instances, if any");
    }

    @Test
    void haveNoVerdictIfSpinnakerCannotReportThem() {
        Feature cron = feature("triggers", "cron");
        assertThat(cron.reportedAs()).isEqualTo("UNKNOWN");
        assertThat(cron.traction()).isNull();
        assertThat(cron.affected()).isNull();
        assertThat(cron.isCandidate()).isFalse();
        assertThat(cron.aliases()).contains("schedule");
    }

    @ParameterizedTest
    @CsvSource({
        "stage-types, (own)",
        "stage-types, UNKNOWN",
        "environments, ENVIRONMENT_UNKNOWN",
        "deployment-methods, NONE",
        "deployment-methods, OTHER",
        "version-adoption, 2026.2 or newer"
    })
    void haveNoVerdictIfTheLabelDoesNotNameOneThing(String chart, String label) {
        Feature feature = feature(chart, label);
        assertThat(feature.traction()).isNull();
        assertThat(feature.affected()).isNull();
        assertThat(feature.isCandidate()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"pipelines-per-instance, more than 1000", "execution-statuses, SUCCEEDED"})
    void haveNoVerdictOnARemovalIfTheyCannotBeRemoved(String chart, String label) {
        assertThat(feature(chart, label).traction()).isNotNull();
        assertThat(feature(chart, label).affected()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "true, stage-types, jenkins, rare and not growing",
        "true, stage-types, findImage, never reported",
        "true, cloud-providers, DCOS, never reported",
        "false, stage-types, wait, some instances use it",
        "false, stage-types, wercker, removed already",
        "false, stage-types, evaluateArtifacts, not released a year ago",
        "false, stage-types, modifyWarmPool, not released a year ago and never reported",
        "false, versions, 1.17.x, a release",
        "false, execution-statuses, BUFFERED, a result",
        "false, pipelines-per-instance, more than 1000, a size",
    })
    void areCandidatesForRemovalByTheRule(boolean isCandidate, String chart, String label, String reason) {
        assertThat(feature(chart, label).isCandidate()).as(reason).isEqualTo(isCandidate);
    }

    @Test
    void areNotCandidatesIfTheirUseGrows() {
        List<Feature> features = Features.of(PublishedFeatures.of(36, 5000)
                .with("stage-types", "script", month -> month < -6 ? 80L : 160L)
                .with("stage-types", "wait", month -> 160L)
                .published());
        assertThat(features)
                .filteredOn(feature -> List.of("script", "wait").contains(feature.label()))
                .allSatisfy(feature -> assertThat(feature.affected())
                        .extracting(Verdict::headline)
                        .isEqualTo("Few instances, if any"))
                .extracting(Feature::label, Feature::isCandidate)
                .containsExactlyInAnyOrder(tuple("script", false), tuple("wait", true));
    }

    @Test
    void haveNoVerdictWithoutData() {
        List<Feature> none = Features.of(PublishedFeatures.of(0).published());
        assertThat(none)
                .hasSizeGreaterThan(200)
                .noneMatch(Feature::isCandidate)
                .allMatch(feature -> feature.instances() == null && feature.firstReported() == null);
        assertThat(none.stream()
                        .filter(feature -> feature.label().equals("wait"))
                        .map(Feature::traction))
                .extracting(verdict -> verdict == null ? "" : verdict.explanation())
                .containsExactly("A verdict needs 3 months of complete data.");
        assertThat(Features.month(PublishedFeatures.of(0).published())).isEmpty();
    }

    @Test
    void areAboutTheLastMonthWithCompleteData() {
        Published published = PublishedFeatures.of(3).published();
        assertThat(Features.month(published)).hasValue(LocalDate.parse("2026-10-01"));
    }
}
