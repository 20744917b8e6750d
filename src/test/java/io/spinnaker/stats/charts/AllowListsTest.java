package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.charts.AllowLists.Unreportable;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.ProtoEnum;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that charts may show. */
class AllowListsTest {

    /** Stage types in payloads of the contract that are not Spinnaker's: those of plugins, and invented ones. */
    private static final Set<String> PRIVATE = Set.of(
            "acmeCustomStage",
            "com.acme.plugin.RandomWait",
            "pulumi",
            "tagImage",
            "terraform",
            "<script>alert('x')&=</script>",
            "a\"b\\c/d",
            "bad?end",
            "del\ufffd nul\ufffd bell\ufffd",
            "déploiement",
            "line\ufffdbreak\ufffdtab\ufffd",
            "развёртывание",
            "部署",
            "🚀 rollout",
            "\ufffdevil",
            "\ufffdsep\ufffd");

    @Test
    void listsEveryStageTypeThatARealClientSends() {
        Set<String> unlisted = new TreeSet<>();
        for (Payload payload : Payload.all()) {
            for (JsonNode stage : payload.row().at("/execution/stages")) {
                unlisted.add(stage.path("type").asText());
            }
        }
        unlisted.removeAll(AllowLists.stageTypes());
        assertThat(unlisted).isEqualTo(new TreeSet<>(PRIVATE));
    }

    @Test
    void enumsAreThoseThatTheServiceReads() {
        Map<String, List<String>> known = Arrays.stream(ProtoEnum.values())
                .collect(Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), ProtoEnum::names));
        assertThat(AllowLists.enums()).isEqualTo(known);
    }

    /** Names become part of SQL and of public files. */
    @Test
    void namesAreSafe() {
        assertThat(AllowLists.stageTypes())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9_.]{2,64}"));
        assertThat(AllowLists.enums().values())
                .allSatisfy(names ->
                        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Z0-9_]{2,64}")));
        assertThat(AllowLists.releases())
                .extracting(Release::line)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("[0-9]{1,4}[.][0-9]{1,2}"));
    }

    @Test
    void everyNameHasASource() {
        for (String list : List.of("stage-types", "releases")) {
            assertThat(TsvResource.rows("/lists/" + list + ".tsv"))
                    .allSatisfy(
                            row -> assertThat(row.get("source")).as("%s", row).isNotBlank());
        }
    }

    @Test
    void releasesAreInTheOrderOfTheirDates() {
        assertThat(AllowLists.releases())
                .extracting(Release::date)
                .filteredOn(date -> date != null)
                .isSorted();
    }

    /** An alias leads to a label of the chart, and differs from all of its labels. */
    @Test
    void aliasesAreOtherNamesOfLabels() {
        List<Map<String, String>> aliases = TsvResource.rows("/lists/aliases.tsv");
        assertThat(aliases)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(
                        Comparator.<Map<String, String>, String>comparing(row -> row.getOrDefault("chart", ""))
                                .thenComparing(row -> row.getOrDefault("label", "")));
        for (Map<String, String> row : aliases) {
            String chart = row.getOrDefault("chart", "");
            assertThat(labels(chart)).as("%s", row).contains(row.get("label"));
            assertThat(labels(chart)).as("%s", row).doesNotContain(row.get("alias"));
            assertThat(row.get("alias")).as("%s", row).matches("[a-z0-9][a-z0-9 /-]*[a-z0-9]");
        }
    }

    private static List<String> labels(String chart) {
        Map<String, String> kinds = Map.of(
                "cloud-providers", "cloud_provider",
                "triggers", "trigger_type",
                "execution-types", "execution_type",
                "execution-statuses", "status",
                "deployment-methods", "deployment_method",
                "environments", "environment",
                "deployed-artifacts", "deployed_artifacts");
        List<String> names = chart.equals("stage-types")
                ? AllowLists.stageTypes()
                : Objects.requireNonNull(AllowLists.enums().get(Objects.requireNonNull(kinds.get(chart), chart)));
        return Stream.concat(
                        names.stream(), Chart.of(chart).unreportable().stream().map(Unreportable::name))
                .toList();
    }

    @Test
    void namesThatCannotBeReportedStandForListedOnes() {
        Map<String, String> kinds = Map.of(
                "trigger", "trigger_type", "provider", "cloud_provider", "deployment_method", "deployment_method");
        kinds.forEach((kind, list) -> assertThat(AllowLists.unreportable(kind))
                .isNotEmpty()
                .allSatisfy(name -> {
                    assertThat(AllowLists.enums().get(list)).contains(name.reportedAs());
                    assertThat(AllowLists.enums().get(list))
                            .doesNotContain(name.name().toUpperCase(Locale.ROOT));
                }));
    }
}
