package io.spinnaker.stats.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.verdict.Features;
import io.spinnaker.stats.verdict.PublishedFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files about features, as others read them. */
class FeatureFilesTest {

    private static final Published PUBLISHED = PublishedFeatures.of(36)
            .with("stage-types", "deployManifest", month -> 300L + 4L * month)
            .with("stage-types", "jenkins", month -> 12L)
            .with("stage-types", "=x\u0000\"<b>", month -> 30L)
            .published();

    private static Map<String, ChartFile> files(Published published) {
        return FeatureFiles.files(published, Features.of(published)).stream()
                .collect(Collectors.toMap(ChartFile::name, Function.identity()));
    }

    private static String text(Published published, String name) {
        ChartFile file = Objects.requireNonNull(files(published).get(name), name);
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    private static JsonNode feature(Published published, String label) {
        return StreamSupport.stream(
                        Json.parse(text(published, "features.json"))
                                .path("features")
                                .spliterator(),
                        false)
                .filter(feature -> feature.path("label").asText().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 36})
    void followTheJsonSchema(int months) throws IOException {
        Published published = PublishedFeatures.of(months)
                .with("stage-types", "deployManifest", month -> 300L + 4L * month)
                .published();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("src/main/resources/page/schema/features.schema.json")));
        assertThat(schema.validate(text(published, "features.json"), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void writeAFeatureWithItsVerdicts() {
        assertThat(feature(PUBLISHED, "deployManifest").toString())
                .startsWith(
                        "{\"chart\":\"stage-types\",\"noun\":\"stage type\",\"label\":\"deployManifest\","
                                + "\"name\":\"Deploy (Manifest)\",\"aliases\":[\"k8s deploy\",\"kubectl apply\","
                                + "\"kubernetes deploy\"],\"since\":\"1.5\",\"instances\":300,\"share\":60,"
                                + "\"shareYearBefore\":50,\"regularShare\":30,\"firstReported\":\"2023-11-01\","
                                + "\"lastReported\":\"2026-10-01\",\"traction\":{\"headline\":\"Growing\",\"tone\":\"up\","
                                + "\"explanation\":\"In the three months to October 2026, 59% of instances used it, 50% a year before.")
                .doesNotContain("frequency", "candidate");
    }

    @Test
    void writeWhatTheNumbersAreAbout() {
        JsonNode json = Json.parse(text(PUBLISHED, "features.json"));
        assertThat(json.path("asOf").asText()).isEqualTo("2026-11-22");
        assertThat(json.path("month").asText()).isEqualTo("2026-10-01");
        assertThat(json.path("threshold").asInt()).isEqualTo(5);
        assertThat(json.path("candidateRule").asText()).isEqualTo(Features.CANDIDATE_RULE);
    }

    @Test
    void writeNeitherNumbersNorVerdictsOfNamesThatCannotBeReported() {
        assertThat(feature(PUBLISHED, "cron").toString())
                .isEqualTo("{\"chart\":\"triggers\",\"noun\":\"trigger\",\"label\":\"cron\","
                        + "\"aliases\":[\"schedule\",\"scheduled\",\"timer\"],\"reportedAs\":\"UNKNOWN\"}");
    }

    @Test
    void writeTheCandidatesAsATable() {
        String csv = text(PUBLISHED, "candidates.csv");
        assertThat(csv)
                .startsWith("label,kind,name,share_percent,share_percent_year_before,traction,affected,first_month,"
                        + "last_month\r\n\"jenkins\",\"stage type\",\"Jenkins\",2,2,\"Stable\",")
                .contains("\r\n\"findImage\",\"stage type\",\"Find Image from Cluster\",,,\"Never reported\","
                        + "\"Few instances, if any\",,\r\n")
                .contains("\r\n\"DCOS\",\"cloud provider\",,,,\"Never reported\",")
                .doesNotContain("deployManifest\"");
        assertThat(csv.lines()).allMatch(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1).length == 9);
    }

    /** The labels that the charts can have are listed names; these files do not rely on it. */
    @Test
    void replaceControlCharactersOfLabels() {
        assertThat(feature(PUBLISHED, "=x\ufffd\"<b>").path("instances").asInt())
                .isEqualTo(30);
    }

    @Test
    void defuseFormulas() {
        Published published = PublishedFeatures.of(36)
                .with("stage-types", "=1+1", month -> month < -10 ? 60L : null)
                .published();
        assertThat(text(published, "candidates.csv")).contains("\r\n\"'=1+1\",\"stage type\",");
    }

    @Test
    void areSmallEnoughToBeServed() {
        files(PUBLISHED)
                .values()
                .forEach(file ->
                        assertThat(file.content().length).as(file.name()).isBetween(1000, 500_000));
    }

    @Test
    void arePublicFiles() {
        assertThat(files(PUBLISHED).keySet()).allMatch(ChartFile::isName);
        assertThat(files(PUBLISHED).values())
                .extracting(ChartFile::contentType)
                .containsExactlyInAnyOrder("application/json", "text/csv; charset=utf-8");
    }
}
