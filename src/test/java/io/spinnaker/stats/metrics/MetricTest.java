package io.spinnaker.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts filter log lines by metric and label: a rename on either side must not silence an alert. */
class MetricTest {

    private static final Pattern COUNTERS = Pattern.compile(
            "resource \"google_logging_metric\" \"\\w+\" \\{.*?for_each = \\{(.*?)\\n  }.*?\\n}", Pattern.DOTALL);

    @Test
    void everyMetricOfTheAlertsIsInTheEnum() throws Exception {
        MatchResult counters = counters();
        List<String> filtered = Pattern.compile("(?m)^ +(\\w+) += \"")
                .matcher(counters.group(1))
                .results()
                .map(key -> key.group(1))
                .toList();
        assertThat(filtered).isNotEmpty();
        assertThat(Arrays.stream(Metric.values()).map(Metric::logName)).containsAll(filtered);
    }

    @Test
    void theAlertsReadTheLabelsThatAreLogged() throws Exception {
        String resource = counters().group();
        assertThat(properties()).contains(",mdc=" + "labels\n");
        assertThat(resource)
                .contains("jsonPayload.labels." + LogMetrics.METRIC_LABEL + "=\\\"${each.key}\\\"")
                .contains("EXTRACT(jsonPayload.labels." + LogMetrics.COUNT_LABEL + ")");
    }

    @Test
    void theAlertOfAHeldMonthReadsWhatIsLogged() throws Exception {
        assertThat(Files.readString(Path.of("terraform/monitoring.tf")))
                .contains("textPayload:\\\"" + Metric.PUBLICATION_HELD.logName() + ": ");
    }

    private static MatchResult counters() throws Exception {
        return COUNTERS.matcher(Files.readString(Path.of("terraform/monitoring.tf")))
                .results()
                .findFirst()
                .orElseThrow();
    }

    private static String properties() throws Exception {
        return Files.readString(Path.of("src/main/resources/application.properties"));
    }
}
