package io.spinnaker.stats.site;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of a month in words, to be written as HTML or Markdown.
 *
 * @param month its first day
 * @param previous the month before, if it has a report
 * @param next the month after, if it has a report
 */
record Report(
        LocalDate month,
        String title,
        String summary,
        List<Section> sections,
        @Nullable LocalDate previous,
        @Nullable LocalDate next) {

    /**
     * A section.
     *
     * @param paragraphs come before the items
     * @param items the items of the list; empty for a section without a list
     */
    record Section(String title, List<Text> paragraphs, List<Text> items) {

        static Section of(String title, List<Text> items, String... paragraphs) {
            return new Section(title, Stream.of(paragraphs).map(Text::of).toList(), items);
        }
    }
}
