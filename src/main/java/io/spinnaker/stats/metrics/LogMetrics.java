package io.spinnaker.stats.metrics;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;

/**
 * Counts events and logs the counts a minute after the first, and at shutdown. Logging every event would be expensive and
 * would leak usage data. Each line has the labels {@code metric} and {@code count} and those of the metric, which come from a
 * fixed vocabulary and never quote an event.
 */
@Singleton
public class LogMetrics {

    private static final Logger LOG = Logger.getLogger(LogMetrics.class);
    private static final long PERIOD_MS = 60_000;

    /** Label sets per metric and period; further ones are counted together, because clients influence some labels. */
    private static final int MAX_LABEL_SETS = 100;

    /** The labels of every count; {@code terraform/monitoring.tf} reads them. */
    static final String METRIC_LABEL = "metric";

    static final String COUNT_LABEL = "count";

    private static final Map<String, String> OTHER = Map.of("reason", "other");

    private final Vertx vertx;
    // guarded by this; the count of each set of labels
    private final Map<Metric, Map<Map<String, String>, Long>> counts = new EnumMap<>(Metric.class);

    /** Starts with no counts. */
    public LogMetrics(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Counts one event without labels. */
    public void increment(Metric metric) {
        increment(metric, Map.of());
    }

    /** Counts one event. */
    public void increment(Metric metric, Map<String, String> labels) {
        count(metric, labels, 1);
    }

    /** Counts several things at once. */
    public void add(Metric metric, int number) {
        count(metric, Map.of(), number);
    }

    /** Counts one event that an operator should know about, and logs the first per period and reason at once. */
    public void incrementAndLogFirst(Level severity, Metric metric, String reason) {
        Map<String, String> labels = Map.of("reason", reason);
        if (count(metric, labels, 1)) {
            log(severity, metric.logName() + ": " + reason, allLabels(metric, labels));
        }
    }

    /** Adds a number; returns whether it is the first of its labels in this period. */
    private synchronized boolean count(Metric metric, Map<String, String> labels, long number) {
        if (counts.isEmpty()) {
            vertx.setTimer(PERIOD_MS, timer -> logCounts());
        }
        Map<Map<String, String>, Long> ofMetric = counts.computeIfAbsent(metric, first -> new HashMap<>());
        boolean full = ofMetric.size() >= MAX_LABEL_SETS && !ofMetric.containsKey(labels);
        return ofMetric.merge(full ? OTHER : labels, number, Long::sum) == number;
    }

    private void logCounts() {
        Map<Metric, Map<Map<String, String>, Long>> counted;
        synchronized (this) {
            counted = new EnumMap<>(Metric.class);
            counted.putAll(counts);
            counts.clear();
        }
        counted.forEach((metric, ofMetric) -> {
            Map<String, Map<String, String>> byText = new TreeMap<>(); // so that the log is sorted
            ofMetric.keySet().forEach(labels -> byText.put(text(labels), labels));
            byText.forEach((text, labels) -> {
                Long count = ofMetric.get(labels);
                Map<String, String> allLabels = allLabels(metric, labels);
                allLabels.put(COUNT_LABEL, String.valueOf(count));
                log(Level.INFO, "metric=%s count=%d%s".formatted(metric.logName(), count, text), allLabels);
            });
        });
    }

    /** Labels in logfmt, sorted by name, such as {@code status=400}. */
    private static String text(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> " " + label.getKey() + "=" + quoted(label.getValue()))
                                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.indexOf(' ') < 0 ? value : '"' + value + '"';
    }

    private static Map<String, String> allLabels(Metric metric, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(METRIC_LABEL, metric.logName());
        return all;
    }

    /**
     * Logs a line with labels: JSON logs have the MDC as the object {@code labels}. Quarkus keeps the MDC in the duplicated
     * context of a request, and loses it in any other context of Vert.x, such as that of a timer.
     */
    private static void log(Level severity, String message, Map<String, String> labels) {
        if (Vertx.currentContext() instanceof ContextInternal context) {
            context.duplicate().dispatch(() -> logWithMdc(severity, message, labels));
        } else {
            logWithMdc(severity, message, labels);
        }
    }

    private static void logWithMdc(Level severity, String message, Map<String, String> labels) {
        labels.forEach(MDC::put);
        try {
            LOG.log(severity, message);
        } finally {
            labels.keySet().forEach(MDC::remove);
        }
    }

    void onShutdown(@Observes ShutdownEvent event) {
        logCounts();
    }
}
