package io.spinnaker.stats.site;

import static io.spinnaker.stats.site.PublishedNumbers.month;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Notable changes, and the month that each belongs to. */
class ChangesTest {

    private static final LocalDate OCTOBER = LocalDate.parse("2026-10-01");

    @Test
    void explainsEachChangeInTheMonthThatShowsItFirst() {
        assertThat(sentences(PublishedNumbers.eventful().history(), OCTOBER))
                .containsExactly(
                        "Spinnaker 2026.2 or newer on at least 50% of instances. In October 2026, 50% of instances ran this "
                                + "release or a newer one, for the first time at least 50%; a month before, it was 33%.",
                        "acaTask (stage type): first reported. In October 2026, 8 instances (3%) used it, after fewer than 5 "
                                + "in each month with complete data since January 2025.",
                        "cloneServerGroup (stage type): no longer reported. Fewer than 5 instances used it in each of the "
                                + "three months to October 2026, possibly none. The last month with at least 5 was July "
                                + "2026. At its peak, a mean of 13% of instances used it over three months.");
    }

    @Test
    void announcesAVerdictOnce() {
        History history = PublishedNumbers.eventful().history();
        List<String> all = IntStream.range(12, 24)
                .mapToObj(PublishedNumbers::month)
                .flatMap(each -> Changes.of(history, each).stream())
                .map(change -> change.title().plain())
                .filter(title -> !title.startsWith("Spinnaker"))
                .toList();
        assertThat(all)
                .contains("deployManifest (stage type): growing", "wait (stage type): shrinking")
                .doesNotHaveDuplicates();
    }

    @Test
    void announcesEachNotableShareOfARelease() {
        History history = PublishedNumbers.eventful().history();
        assertThat(Stream.of(21, 22, 23).flatMap(each -> sentences(history, month(each)).stream()))
                .filteredOn(sentence -> sentence.startsWith("Spinnaker"))
                .hasSize(3);
    }

    /** A release has no number while too few instances run it, but newer ones show how many run it or a newer one at least. */
    @Test
    void doesNotAnnounceAReleaseWhoseShareNewerReleasesHadBefore() {
        History history = new PublishedNumbers(24)
                .label("version-adoption", "1.28 or newer", month -> 280)
                .label("version-adoption", "1.17 or newer", month -> month < 23 ? 0 : 290)
                .history();
        assertThat(sentences(history, OCTOBER)).isEmpty();
    }

    @Test
    void findsNothingWithoutChange() {
        History history = new PublishedNumbers(24)
                .label("stage-types", "bake", month -> 120)
                .label("stage-types", "wait", month -> 100 + month % 3)
                .history();
        assertThat(sentences(history, OCTOBER)).isEmpty();
    }

    @Test
    void findsNothingInTheFirstMonthAndInAMonthWithoutData() {
        assertThat(Changes.of(
                        new PublishedNumbers(1)
                                .label("stage-types", "bake", month -> 120)
                                .history(),
                        month(0)))
                .isEmpty();
        History history = PublishedNumbers.eventful().incomplete(OCTOBER).history();
        assertThat(sentences(history, OCTOBER)).isEmpty();
    }

    /** Otherwise, each feature would be announced again as soon as enough months have data. */
    @Test
    void announcesNothingAgainAfterAMonthWithoutData() {
        PublishedNumbers numbers = new PublishedNumbers(24)
                .label("stage-types", "bake", month -> 100 + 8 * month)
                .incomplete(month(17));
        assertThat(sentences(numbers.history(), month(20))).isEmpty();
    }

    @Test
    void leavesOutSizesAndGroupsOfNames() {
        History history = new PublishedNumbers(24)
                .label("stage-types", "(own)", month -> month < 20 ? 20 : 200)
                .label("pipelines-per-instance", "11 to 100", month -> month < 20 ? 20 : 200)
                .history();
        assertThat(IntStream.range(0, 24).mapToObj(each -> sentences(history, month(each))))
                .allMatch(List::isEmpty);
    }

    private static List<String> sentences(History history, LocalDate month) {
        return Changes.of(history, month).stream()
                .map(change -> change.sentence().plain())
                .toList();
    }
}
