package io.spinnaker.stats.site;

import static io.spinnaker.stats.charts.FileFormats.write;
import static io.spinnaker.stats.charts.FileFormats.writeIfPresent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.verdict.Feature;
import io.spinnaker.stats.verdict.Features;
import io.spinnaker.stats.verdict.Verdict;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files about all features. {@code docs/api.md} describes them for readers. */
final class FeatureFiles {

    private FeatureFiles() {}

    /** {@code features.json} and {@code candidates.csv}, from the features of what is published. */
    static List<ChartFile> files(Published published, List<Feature> features) {
        return List.of(json(published, features), candidates(features));
    }

    private static ChartFile json(Published published, List<Feature> features) {
        LocalDate month = Features.month(published).orElse(null);
        Set<String> withData = published.charts().stream() // a chart can lack the month, if it could not be drawn
                .filter(data -> month != null && data.total(month) != null)
                .map(data -> data.chart().name())
                .collect(Collectors.toSet());
        return FileFormats.json(ChartFile.FEATURES, out -> {
            out.writeNumberField("schemaVersion", FileFormats.SCHEMA_VERSION);
            write(out, "asOf", published.status().asOf());
            out.writeNumberField("threshold", published.options().threshold());
            write(out, "month", month);
            out.writeStringField("candidateRule", Features.CANDIDATE_RULE);
            out.writeArrayFieldStart("features");
            for (Feature feature : features) {
                out.writeStartObject();
                describe(out, feature);
                if (feature.reportedAs() == null) {
                    if (!withData.contains(feature.chart().name())) {
                        out.writeBooleanField("noData", true);
                    }
                    writeNumbers(out, feature);
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static void describe(JsonGenerator out, Feature feature) throws IOException {
        out.writeStringField("chart", feature.chart().name());
        out.writeStringField("noun", feature.noun());
        out.writeStringField("label", FileFormats.label(feature.label()));
        writeIfPresent(out, "name", feature.name());
        if (!feature.aliases().isEmpty()) {
            out.writeArrayFieldStart("aliases");
            for (String alias : feature.aliases()) {
                out.writeString(alias);
            }
            out.writeEndArray();
        }
        writeIfPresent(out, "since", feature.since());
        writeIfPresent(out, "until", feature.until());
        writeIfPresent(out, "reportedAs", feature.reportedAs());
    }

    private static void writeNumbers(JsonGenerator out, Feature feature) throws IOException {
        write(out, "instances", feature.instances());
        write(out, "share", feature.share());
        write(out, "shareYearBefore", feature.shareYearBefore());
        write(out, "regularShare", feature.regularShare());
        write(out, "firstReported", feature.firstReported());
        write(out, "lastReported", feature.lastReported());
        writeVerdict(out, "traction", feature.traction());
        writeVerdict(out, "frequency", feature.frequency());
        writeVerdict(out, "affected", feature.affected());
        if (feature.isCandidate()) {
            out.writeBooleanField("candidate", true);
        }
    }

    private static void writeVerdict(JsonGenerator out, String name, @Nullable Verdict verdict) throws IOException {
        if (verdict != null) {
            out.writeObjectFieldStart(name);
            out.writeStringField("headline", verdict.headline());
            out.writeStringField("tone", verdict.tone().name().toLowerCase(Locale.ROOT));
            out.writeStringField("explanation", verdict.explanation());
            out.writeEndObject();
        }
    }

    private static ChartFile candidates(List<Feature> features) {
        StringBuilder text = new StringBuilder(
                "label,kind,name,share_percent,share_percent_year_before,traction,affected,first_month,last_month\r\n");
        for (Feature feature : features) {
            if (feature.isCandidate()) {
                text.append(FileFormats.quoted(feature.label())).append(',').append(FileFormats.quoted(feature.noun()));
                append(text, feature.name());
                FileFormats.append(text, feature.share());
                FileFormats.append(text, feature.shareYearBefore());
                append(text, headline(feature.traction()));
                append(text, headline(feature.affected()));
                append(text, feature.firstReported());
                append(text, feature.lastReported());
                text.append("\r\n");
            }
        }
        return FileFormats.text(ChartFile.CANDIDATES, text);
    }

    private static @Nullable String headline(@Nullable Verdict verdict) {
        return verdict == null ? null : verdict.headline();
    }

    private static void append(StringBuilder text, @Nullable String value) {
        text.append(',').append(value == null ? "" : FileFormats.quoted(value));
    }

    private static void append(StringBuilder text, @Nullable LocalDate day) {
        text.append(',').append(day == null ? "" : day);
    }
}
