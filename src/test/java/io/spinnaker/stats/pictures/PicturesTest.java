package io.spinnaker.stats.pictures;

import static io.spinnaker.stats.pictures.Svg.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.charts.Chart.Annotation;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Options;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Pictures as people see them. */
class PicturesTest {

    private static final Options OPTIONS =
            new Options(5, true, false, null, new Licence("CDLA-Permissive-2.0", "https://example.org"), null, null);

    private static final Map<String, Integer> STAGES = Map.of("deploy", 60, "wait", 40, "bake", 20, "(own)", 90);

    private static Svg standalone(ChartData data) {
        return Svg.parse(Pictures.standalone(data, Theme.LIGHT, OPTIONS));
    }

    private static Svg inline(ChartData data, int width) {
        return Svg.parse(Pictures.inline(data, width, true));
    }

    /** A year of the label, its share growing by a point per month. */
    private static SampleData year(SampleData sample, Map<String, Integer> first) {
        for (int before = 12; before >= 0; before--) {
            Map<String, Integer> month = new HashMap<>();
            int growth = 12 - before;
            first.forEach((label, instances) -> month.put(label, instances + growth));
            sample.month(before, month);
        }
        return sample;
    }

    private static ChartData days(int days) {
        SampleData sample = SampleData.days();
        LocalDate last = SampleData.AS_OF.minusDays(2);
        for (int before = days - 1; before >= 0; before--) {
            LocalDate day = last.minusDays(before);
            sample.day(day, day.getDayOfWeek().getValue() > 5 ? 50 : 120);
        }
        return sample.data();
    }

    private static ChartData releases() {
        SampleData sample = SampleData.age();
        for (int before = 9; before >= 0; before--) {
            Map<String, Integer> month = new HashMap<>(Map.of("2026.0 or newer", 10 + 5 * (9 - before)));
            if (before <= 5) {
                month.put("2026.1 or newer", 10 + 5 * (5 - before));
            }
            if (before <= 3) {
                month.put("2026.2 or newer", 10 + 5 * (3 - before));
            }
            sample.month(before, month);
        }
        return sample.data();
    }

    private static Stream<ChartData> everyKind() {
        return Stream.of(
                SampleData.bars(Order.VALUE).lastMonth(STAGES).data(),
                SampleData.bars(Order.LABEL)
                        .lastMonth(Map.of("1 to 10", 40, "more than 10", 8))
                        .data(),
                year(SampleData.lines(), Map.of("deploy", 5, "wait", 30))
                        .incompleteMonth(13)
                        .data(),
                year(SampleData.stack(Order.LABEL), Map.of("2026.2.x", 10, "2026.1.x", 20, "(not reported)", 30))
                        .data(),
                SampleData.stack(Order.VALUE).lastMonth(Map.of("one", 6)).data(),
                SampleData.lines().incompleteMonth(0).data(),
                SampleData.bars(Order.VALUE).data(),
                releases(),
                days(400),
                days(8),
                days(3));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void hasOnlyFiniteNumbersAndFewBytes(ChartData data) {
        for (String svg : List.of(
                Pictures.standalone(data, Theme.DARK, OPTIONS),
                Pictures.inline(data, 340, true),
                Pictures.inline(data, 720, false))) {
            Svg.parse(svg);
            assertThat(svg).hasSizeLessThan(60_000).doesNotContain("NaN", "Infinity", "E-", "null");
        }
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void drawsTheSameBytesForTheSameNumbers(ChartData data) {
        assertThat(Pictures.standalone(data, Theme.LIGHT, OPTIONS))
                .isEqualTo(Pictures.standalone(data, Theme.LIGHT, OPTIONS));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void explainsItselfWhereItStandsAlone(ChartData data) {
        Svg svg = standalone(data);
        String text = String.join(" ", svg.texts());
        assertThat(text)
                .contains("Sample chart", "As of 22 November 2026.", "stats.spinnaker.io", "CDLA-Permissive-2.0")
                .contains(Pictures.caption(data));
        Element root = svg.document().getDocumentElement();
        Element background = svg.elements("rect").getFirst();
        assertThat(background.getAttribute("width")).isEqualTo(root.getAttribute("width"));
        assertThat(background.getAttribute("height")).isEqualTo(root.getAttribute("height"));
        assertThat(number(root, "height")).isEqualTo(Pictures.standaloneHeight(data, OPTIONS));
        assertThat(svg.elements("desc").getFirst().getTextContent()).isEqualTo(Pictures.caption(data));
    }

    /** The page's policy forbids styles, and two pictures of a chart must not share ids. */
    @ParameterizedTest
    @MethodSource("everyKind")
    void leavesColorsAndFontsToThePage(ChartData data) {
        assertThat(Pictures.inline(data, 720, true))
                .contains("font-family=\"inherit\"", "var(--")
                .doesNotContain("style", " id=", "fill=\"#", "stroke=\"#");
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void keepsTextInsideThePicture(ChartData data) {
        for (int width : List.of(340, 720)) {
            Svg svg = inline(data, width);
            double height = number(svg.document().getDocumentElement(), "height");
            for (Element text : svg.elements("text")) {
                double textWidth = TextWidth.of(text.getTextContent(), number(text, "font-size"));
                double shift = switch (text.getAttribute("text-anchor")) {
                    case "end" -> 1;
                    case "middle" -> 0.5;
                    default -> 0;
                };
                double from = number(text, "x") - shift * textWidth;
                assertThat(from).as(text.getTextContent()).isGreaterThanOrEqualTo(-0.1);
                assertThat(from + textWidth).as(text.getTextContent()).isLessThanOrEqualTo(width + 0.1);
                assertThat(number(text, "y")).as(text.getTextContent()).isBetween(0.0, height);
            }
        }
    }

    @Test
    void differsInColorsOnlyBetweenLightAndDark() {
        ChartData data = SampleData.bars(Order.VALUE).lastMonth(STAGES).data();
        String light = Pictures.standalone(data, Theme.LIGHT, OPTIONS);
        String dark = Pictures.standalone(data, Theme.DARK, OPTIONS);
        assertThat(dark).isNotEqualTo(light);
        assertThat(dark.replaceAll("#[0-9a-f]{6}", "#")).isEqualTo(light.replaceAll("#[0-9a-f]{6}", "#"));
    }

    @Test
    void showsHostileLabelsAsText() {
        String hostile = "</text><script>alert(1)</script>&\"'\u0001\u202e\ud800";
        for (SampleData sample : List.of(SampleData.bars(Order.VALUE), SampleData.stack(Order.VALUE))) {
            Svg svg = standalone(
                    sample.lastMonth(Map.of(hostile, 50, "x".repeat(255), 30)).data());
            assertThat(svg.elements("script")).isEmpty();
            assertThat(String.join(" ", svg.texts())).contains("<script>alert(1)</script>&\"'\ufffd\ufffd");
        }
    }

    @Test
    void showsEveryLabelWithItsNumberGreysLast() {
        ChartData data = SampleData.bars(Order.VALUE).lastMonth(STAGES).data();
        for (int width : List.of(340, 720)) {
            assertThat(inline(data, width).texts())
                    .containsExactly("deploy", "60% (60)", "wait", "40% (40)", "bake", "20% (20)", "(own)", "90% (90)");
        }
        assertThat(Pictures.caption(data))
                .isEqualTo("October 2026, of 100 instances: deploy (60%), wait (40%), bake (20%).");
    }

    @Test
    void drawsBarsInProportion() {
        Svg svg = inline(SampleData.bars(Order.VALUE).lastMonth(STAGES).data(), 720);
        List<Double> widths = svg.elements("rect").stream()
                .filter(bar -> bar.getAttribute("fill-opacity").isEmpty())
                .map(bar -> number(bar, "width"))
                .toList();
        assertThat(widths.get(0) / widths.get(1)).isBetween(1.49, 1.51);
        assertThat(widths.get(0) / widths.get(2)).isBetween(2.98, 3.02);
    }

    @Test
    void showsNoiseOnlyIfThereIsSome() {
        ChartData data = SampleData.bars(Order.VALUE).lastMonth(STAGES).data();
        assertThat(Pictures.inline(data, 720, true)).contains("fill-opacity");
        assertThat(Pictures.inline(data, 720, false)).doesNotContain("fill-opacity");
    }

    @Test
    void drawsTheNewestReleaseOnTop() {
        ChartData data = SampleData.bars(Order.LABEL)
                .lastMonth(Map.of("1.9.x", 10, "1.30.x", 10, "2026.2.x", 10, "2025.3.x", 10, "(not reported)", 90))
                .data();
        assertThat(inline(data, 720).texts().stream().filter(text -> !text.contains("%")))
                .containsExactly("2026.2.x", "2025.3.x", "1.30.x", "1.9.x", "(not reported)");
    }

    @Test
    void drawsSizesFromSmallToLarge() {
        ChartData data = SampleData.bars(Order.LABEL)
                .lastMonth(Map.of("more than 100", 10, "11 to 100", 20, "1 to 10", 10))
                .data();
        assertThat(inline(data, 340).texts().stream().filter(text -> !text.contains("%")))
                .containsExactly("1 to 10", "11 to 100", "more than 100");
    }

    @Test
    void saysHowManyLabelsHaveNoBar() {
        Map<String, Integer> many = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            many.put("stage" + i, 90 - i);
        }
        Svg svg = inline(SampleData.bars(Order.VALUE).lastMonth(many).data(), 720);
        assertThat(svg.texts()).contains("18 more are not shown", "stage11").doesNotContain("stage12");
    }

    @Test
    void comparesWithAYearBefore() {
        ChartData data =
                year(SampleData.lines(), Map.of("deploy", 30, "wait", 5)).data();
        assertThat(Pictures.caption(data)).isEqualTo("October 2026, of 100 instances: deploy 42%, 30% a year before.");
        assertThat(inline(data, 720).texts()).contains("deploy 42%", "wait 17%", "Oct 2026");
    }

    @Test
    void doesNotJoinLinesOverAMonthWithoutData() {
        ChartData data = year(SampleData.lines(), Map.of("deploy", 30)).data();
        assertThat(lines(inline(data, 720))).hasSize(1);
        SampleData withGap = SampleData.lines();
        for (int before = 12; before >= 0; before--) {
            if (before == 6) {
                withGap.incompleteMonth(before);
            } else {
                withGap.month(before, Map.of("deploy", 30));
            }
        }
        Svg svg = inline(withGap.data(), 720);
        assertThat(lines(svg)).hasSize(2);
        assertThat(svg.elements("rect").getFirst().getAttribute("fill")).contains("--raised");
        assertThat(Pictures.caption(withGap.data())).endsWith("No complete data for April 2026.");
    }

    private static List<Element> lines(Svg svg) {
        return svg.elements("path").stream()
                .filter(path -> path.getAttribute("fill").equals("none"))
                .toList();
    }

    @Test
    void drawsASingleValueAsADot() {
        Svg svg = inline(SampleData.lines().lastMonth(Map.of("deploy", 30)).data(), 720);
        assertThat(lines(svg)).isEmpty();
        assertThat(svg.elements("circle")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void keepsTheNamesOfLinesApart(int lines) {
        Map<String, Integer> close = new HashMap<>();
        for (int i = 0; i < lines; i++) {
            close.put("label" + i, 10 + i / 4);
        }
        Svg svg = inline(year(SampleData.lines(), close).data(), 720);
        List<Double> heights = svg.elements("text").stream()
                .filter(text -> text.getTextContent().startsWith("label"))
                .map(text -> number(text, "y"))
                .sorted()
                .toList();
        assertThat(heights).hasSize(lines);
        for (int i = 1; i < lines; i++) {
            assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThanOrEqualTo(15.8);
        }
    }

    @Test
    void endsStacksBelow100PercentWherePartsAreNotPublished() {
        Svg svg = inline(
                SampleData.stack(Order.VALUE)
                        .lastMonth(Map.of("one", 50, "two", 20))
                        .data(),
                720);
        double top = svg.elements("rect").stream()
                .mapToDouble(part -> number(part, "y"))
                .min()
                .orElseThrow();
        double zero = number(svg.text("0"), "y");
        double all = number(svg.text("100%"), "y");
        assertThat((zero - 4 - top) / (zero - all)).isBetween(0.69, 0.71);
    }

    @Test
    void readsStacksFromTheNewestReleaseDownToTheGreys() {
        Svg svg = inline(
                year(SampleData.stack(Order.LABEL), Map.of("2026.2.x", 10, "2026.1.x", 20, "(not reported)", 30))
                        .data(),
                720);
        assertThat(number(svg.text("2026.2.x 22%"), "y")).isLessThan(number(svg.text("2026.1.x 32%"), "y"));
        assertThat(number(svg.text("2026.1.x 32%"), "y")).isLessThan(number(svg.text("(not reported) 42%"), "y"));
    }

    @Test
    void foldsOldReleasesAndNamesThoseOfEarlierMonths() {
        Map<String, Integer> many = new HashMap<>();
        for (int i = 20; i < 30; i++) {
            many.put("1." + i + ".x", 6);
        }
        Map<String, Integer> before = new HashMap<>(many);
        many.remove("1.29.x");
        Svg svg = inline(
                SampleData.stack(Order.LABEL).month(1, before).lastMonth(many).data(), 720);
        assertThat(svg.texts()).contains("1.28.x 6%", "3 older 18%", "1.29.x").doesNotContain("1.22.x 6%");
    }

    @Test
    void marksReleasesAndAnnotations() {
        SampleData sample = year(SampleData.lines(), Map.of("deploy", 30))
                .annotated(new Annotation(YearMonth.of(2026, 9), "The meaning changed."));
        Svg svg = standalone(sample.data());
        assertThat(svg.texts()).contains("2026.2", "2026.1");
        assertThat(svg.elements("line").stream()
                        .filter(line -> !line.getAttribute("stroke-dasharray").isEmpty()))
                .hasSize(1);
        assertThat(String.join(" ", svg.texts())).contains("The meaning changed.");
    }

    @Test
    void alignsReleasesByTheirAge() {
        ChartData data = releases();
        Svg svg = inline(data, 720);
        assertThat(svg.texts()).contains("months since release", "2026.2 25%", "2026.1 35%", "2026.0 55%");
        List<String> starts = lines(svg).stream()
                .map(line -> line.getAttribute("d").split(" ", 2)[0])
                .distinct()
                .toList();
        assertThat(starts).hasSize(1);
        assertThat(Pictures.caption(data))
                .isEqualTo("October 2026, of 100 instances: 25% on 2026.2 or newer, 3 months after its release.");
    }

    @Test
    void drawsDaysAsWeeklyMeans() {
        ChartData data = days(400);
        Svg svg = inline(data, 720);
        assertThat(lines(svg)).hasSize(1);
        List<String> heights = Pattern.compile(" ([0-9.]+)")
                .matcher(lines(svg).getFirst().getAttribute("d"))
                .results()
                .map(point -> point.group(1))
                .toList();
        assertThat(heights).hasSize(53);
        assertThat(heights.stream().distinct()).hasSize(1);
        assertThat(Pictures.caption(data))
                .isEqualTo("On average 100 instances per day in the week to 20 November 2026, 100 a year before.");
    }

    @Test
    void saysThatThereAreNoNumbersYet() {
        ChartData none = SampleData.bars(Order.VALUE).data();
        assertThat(Pictures.isEmpty(none)).isTrue();
        assertThat(Pictures.caption(none)).isEqualTo("No numbers yet.");
        assertThat(standalone(none).texts()).contains("Sample chart", "No numbers yet.");
        assertThat(Pictures.isEmpty(
                        SampleData.bars(Order.VALUE).lastMonth(STAGES).data()))
                .isFalse();
    }
}
