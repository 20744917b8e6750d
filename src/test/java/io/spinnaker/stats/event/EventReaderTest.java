package io.spinnaker.stats.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.spinnaker.stats.contract.Case;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of the reader that the cases of the contract do not cover. */
class EventReaderTest {

    private static final String SHA = Case.SHA;
    private static final String COUNT_RULE = "must be a whole number from 0 to 2147483647";

    private final EventReader reader = new EventReader();

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "7e0", "70e-1", "\"7\"", "\"7.0\"", "7.00000000000000000000"})
    void readsEveryNotationOfAWholeNumber(String number) throws Exception {
        assertThat(read(withApplicationCount(number)).application().pipelineCount())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "7.5",
                "2147483648",
                "1e999999999",
                "1e9999999999",
                "\"\"",
                "\" 7\"",
                "\"٧\"",
                "\"0x7\"",
                "true",
                "[7]",
                "{}"
            })
    void rejectsInvalidCounts(String number) {
        assertThat(violations(withApplicationCount(number)))
                .containsExactly(new Violation("application.pipelineCount", COUNT_RULE));
    }

    @Test
    void readsTheLargestCount() throws Exception {
        assertThat(read(withApplicationCount("2147483647")).application().pipelineCount())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"succeeded,SUCCEEDED", "5,SUCCEEDED", "5.0,SUCCEEDED", "99,99", "-1,-1", "waiting,WAITING", "'',''"})
    void readsAnEnumByNameOrNumber(String sent, String stored) throws Exception {
        String json = sent.matches("-?[0-9.]+") ? sent : '"' + sent + '"';
        assertThat(read(withExecution("{\"status\":" + json + "}")).execution())
                .extracting(Event.Execution::status)
                .isEqualTo(stored);
    }

    @Test
    void cutsTextBetweenCharacters() throws Exception {
        String rockets = "🚀".repeat(256);
        assertThat(read(withInstanceVersion(rockets)).instance().version()).isEqualTo("🚀".repeat(255));
    }

    @Test
    void keepsTextThatFits() throws Exception {
        String longest = "é".repeat(255);
        assertThat(read(withInstanceVersion(longest)).instance().version()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource({
        "NUL, 0000",
        "line break, 000A",
        "escape, 001B",
        "delete, 007F",
        "next line, 0085",
        "soft hyphen, 00AD",
        "filler of Hangul, 3164",
        "zero-width space, 200B",
        "line separator, 2028",
        "paragraph separator, 2029",
        "right-to-left override, 202E",
        "first strong isolate, 2068",
        "byte order mark, FEFF",
        "noncharacter, FDD0",
        "noncharacter, FFFF"
    })
    void replacesCharactersThatHideOrDisguiseText(String name, String code) throws Exception {
        String sent = "a\\u" + code + "b";
        assertThat(read(withInstanceVersion(sent)).instance().version()).isEqualTo("a\uFFFDb");
        assertThat(read(withExecution("{\"status\":\"" + sent + "\"}")).execution())
                .extracting(Event.Execution::status)
                .isEqualTo("A\uFFFDB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.36.0",
                "bake (manifest)",
                "-(a)",
                "a\u00a0b",
                "d\u00e9ployer",
                "\u90e8\u7f72",
                "\u2699\ufe0f run",
                "\ud83d\ude80",
                "=1+1",
                ""
            })
    void keepsReadableText(String text) throws Exception {
        assertThat(read(withInstanceVersion(text)).instance().version()).isEqualTo(text);
    }

    /** The labels of the charts themselves are in parentheses. */
    @ParameterizedTest
    @CsvSource({
        "(own), \uFFFDown)",
        "' (other)', ' \uFFFDother)'",
        "\u00a0\u3000(none), \u00a0\u3000\uFFFDnone)",
        "\u2800\u034F(none), \u2800\u034F\uFFFDnone)",
        "\uFF08own\uFF09, \uFFFDown\uFF09",
        "\u207Down\u207E, \uFFFDown\u207E",
        "((own), \uFFFD(own)",
        "[own], \uFFFDown]",
        "'\\u200B(own)', \uFFFD(own)",
        "'\\t(own)', \uFFFD(own)"
    })
    void noTextLooksLikeALabelOfTheCharts(String sent, String stored) throws Exception {
        assertThat(read(withInstanceVersion(sent)).instance().version()).isEqualTo(stored);
        assertThat(read(withExecution("{\"status\":\"" + sent + "\"}")).execution())
                .extracting(Event.Execution::status)
                .isEqualTo(stored.toUpperCase(Locale.ROOT));
    }

    /** Upper case as Unicode defines it for a whole text would be three characters. */
    @Test
    void enumNamesDoNotGrow() throws Exception {
        assertThat(read(withExecution("{\"status\":\"\u0390\u00df\"}")).execution())
                .extracting(Event.Execution::status)
                .isEqualTo("\u0390\u00df");
    }

    @Test
    void dropsAndCountsStagesBeyondTheLimit() throws Exception {
        String stages = "null,{\"type\":\"wait\"},".repeat(2_000) + "{\"type\":1},null,[[2]],\"x\",{}";
        assertThat(read(withExecution("{\"stages\":[" + stages + "],\"status\":\"SUCCEEDED\"}"))
                        .execution())
                .satisfies(execution -> {
                    assertThat(execution.stages())
                            .hasSize(2_000)
                            .allSatisfy(stage -> assertThat(stage.type()).isEqualTo("wait"));
                    assertThat(execution.droppedStages()).isEqualTo(4);
                    assertThat(execution.status()).isEqualTo("SUCCEEDED");
                });
    }

    @Test
    void countsOnlyTheStagesOfTheLastDuplicate() throws Exception {
        String many = "[" + "{},".repeat(2_001) + "{}]";
        assertThat(read(withExecution("{\"stages\":" + many + ",\"stages\":[{}]}"))
                        .execution())
                .extracting(Event.Execution::droppedStages)
                .isEqualTo(0);
    }

    @Test
    void rejectsMalformedDroppedStages() {
        String stages = "{},".repeat(2_000) + "{]";
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> read(withExecution("{\"stages\":[" + stages + "]}")));
    }

    @Test
    void replacesHalfSurrogatePairs() throws Exception {
        assertThat(read(withInstanceVersion("a\\ud83db\\udc00")).instance().version())
                .isEqualTo("a�b�");
    }

    @Test
    void theLastDuplicateWinsInEitherSpelling() throws Exception {
        String count = "\"pipelineCount\":1,\"pipeline_count\":2,\"pipelineCount\":3,\"pipeline_count\":4";
        assertThat(read(event("\"id\":\"" + SHA + "\"", "\"id\":\"" + SHA + "\"," + count, null))
                        .application()
                        .pipelineCount())
                .isEqualTo(4);
    }

    @Test
    void ignoresViolationsOfOverriddenDuplicates() throws Exception {
        String stages = "\"stages\":[{\"type\":1,\"type\":\"a\"}, 2],\"stages\":[{\"type\":\"wait\"}]";
        assertThat(read(withExecution("{\"id\":\"plain\",\"id\":\"" + SHA + "\"," + stages + "}"))
                        .execution())
                .extracting(Event.Execution::id)
                .isEqualTo(SHA);
    }

    @Test
    void anUnknownFieldCannotOverrideAKnownOne() {
        assertThat(violations("{\"execution\":{\"id\":\"plain\"},\"execution.id\":\"\","
                        + event("", "", null).substring(1)))
                .extracting(Violation::field)
                .contains("execution.id");
    }

    @Test
    void aLaterNullMakesARequiredPartMissing() {
        String body = event("\"id\":\"" + SHA + "\"", "\"id\":\"" + SHA + "\",\"id\":null", null);
        assertThat(violations(body)).containsExactly(new Violation("application.id", "is missing"));
    }

    @Test
    void namesEachFieldAndItsRule() {
        String body = """
                {
                  "spinnaker_instance": {"id": 1, "version": {"a": [1]}, "deployment_method": [], "environment": true},
                  "application": "acme",
                  "execution": {
                    "id": "01DZ3ENDW3QD1NNDD4AW2T4P2A",
                    "trigger": {"type": []},
                    "stages": [null, {"type": 1}, "x", {"cloud_provider": {"variant": false}}]
                  }
                }
                """;
        assertThat(violations(body))
                .containsExactly(
                        new Violation("spinnakerInstance.id", "must be a SHA-256: 64 lower-case hex digits"),
                        new Violation("spinnakerInstance.version", "must be text"),
                        new Violation("spinnakerInstance.deploymentMethod", "must be an object"),
                        new Violation("spinnakerInstance.environment", "must be a name or a whole number"),
                        new Violation("application", "must be an object"),
                        new Violation("execution.id", "must be a SHA-256: 64 lower-case hex digits, or empty"),
                        new Violation("execution.trigger.type", "must be a name or a whole number"),
                        new Violation("execution.stages[1].type", "must be text"),
                        new Violation("execution.stages[2]", "must be an object"),
                        new Violation("execution.stages[3].cloudProvider.variant", "must be text"));
    }

    @Test
    void namesTheFieldButNeverTheValue() {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> read(event("\"id\":\"acme\"", "\"id\":\"" + SHA + "\"", null)))
                .withMessageContaining("spinnakerInstance.id")
                .withMessageNotContaining("acme");
    }

    @Test
    void stopsAtTwentyViolations() {
        String stages = IntStream.range(0, 100).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]"));
        assertThat(violations(withExecution("{\"stages\":" + stages + "}"))).hasSize(20);
    }

    /** Checking duplicates without end would take long. */
    @Test
    void stopsAtTwentyViolationsThatDuplicatesOverride() {
        String id = "\"id\":\"" + SHA + "\"";
        assertThatNoException().isThrownBy(() -> read(event(id, "\"id\":1,".repeat(19) + id, null)));
        assertThat(violations(event(id, "\"id\":1,".repeat(20) + id, null)))
                .containsExactly(new Violation("application.id", "must be a SHA-256: 64 lower-case hex digits"));
    }

    @Test
    void skipsUnknownFieldsOfAnySizeAndNumber() throws Exception {
        String body = "{\"future\":" + "9".repeat(100_000) + ",\"" + "x".repeat(100_000)
                + "\":{\"a\":[1.5e400,\"\\ud800\"]},";
        assertThat(read(body + withApplicationCount("7").substring(1))
                        .application()
                        .pipelineCount())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31})
    void readsFieldsAfterNestedUnknownOnes(int depth) throws Exception {
        assertThat(read(nested(depth)).application().id()).isEqualTo(SHA);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 100_000})
    void rejectsNestingDeeperThan32(int depth) {
        assertThatExceptionOfType(MalformedEventException.class).isThrownBy(() -> read(nested(depth)));
    }

    @ParameterizedTest
    @MethodSource
    void rejectsInvalidJson(String body, String charset) {
        assertThatExceptionOfType(MalformedEventException.class)
                .isThrownBy(() -> reader.read(body.getBytes(Charset.forName(charset))))
                .withMessageNotContaining("secret");
    }

    static List<Arguments> rejectsInvalidJson() {
        String plain = withInstanceVersion("secret é");
        return List.of(
                Arguments.of("secret", "UTF-8"),
                Arguments.of("{\"secret\":01}", "UTF-8"),
                Arguments.of("{\"secret\":NaN}", "UTF-8"),
                Arguments.of("{\"secret\":\"\u0000\"}", "UTF-8"),
                Arguments.of("/* secret */ {}", "UTF-8"),
                Arguments.of("{\"secret\":1,}", "UTF-8"),
                Arguments.of("null", "UTF-8"),
                Arguments.of("  \n ", "UTF-8"),
                Arguments.of(plain, "ISO-8859-1"));
    }

    private static String nested(int depth) {
        String value = "[".repeat(depth - 1) + "]".repeat(depth - 1);
        return "{\"future\":{\"x\":" + (depth == 1 ? "1" : value) + "},"
                + withApplicationCount("7").substring(1);
    }

    private Event read(String body) throws Exception {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private List<Violation> violations(String body) {
        try {
            throw new AssertionError("read as " + read(body));
        } catch (InvalidEventException e) {
            return e.violations();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String withApplicationCount(String number) {
        return event("\"id\":\"" + SHA + "\"", "\"id\":\"" + SHA + "\",\"pipelineCount\":" + number, null);
    }

    private static String withInstanceVersion(String version) {
        return event("\"id\":\"" + SHA + "\",\"version\":\"" + version + "\"", "\"id\":\"" + SHA + "\"", null);
    }

    private static String withExecution(String execution) {
        return event("\"id\":\"" + SHA + "\"", "\"id\":\"" + SHA + "\"", execution);
    }

    private static String event(String instance, String application, @Nullable String execution) {
        return "{\"spinnakerInstance\":{" + instance + "},\"application\":{" + application + "}"
                + (execution == null ? "" : ",\"execution\":" + execution) + "}";
    }
}
