package io.spinnaker.stats.metrics;

import java.util.Locale;

/** A counter in the log. The alerts in {@code terraform/monitoring.tf} filter on some of these names. */
public enum Metric {
    /** Rows that storage has confirmed. */
    STORED,
    /** Rows that the dead-letter queue has confirmed. */
    DEAD_LETTERED,
    /** Events whose response was 500 or 503. */
    NOT_STORED,
    /** Requests whose response was 4xx, also because of a limit; for 422, the violations of the request. */
    REJECTED,
    /** Enum values of events that are {@code UNKNOWN} or not in log.proto, at most 20 per event. */
    UNKNOWN_ENUM_VALUE,
    /** Stages beyond the limit of an event, which are not stored. The count is that of stages, not of events. */
    DROPPED_STAGES,
    /** Connections that were closed because of an invalid request, or a body that was too slow or too large. */
    CONNECTION_CLOSED,
    /** Dead letters that storage has confirmed. */
    REDRIVEN,
    /** Dead letters that storage did not take; Pub/Sub delivers them again. */
    REDRIVE_FAILED,
    /** Dead letters that storage rejected and that the parking topic keeps. */
    PARKED,
    /** Dead letters that could not be parked; Pub/Sub delivers them again. */
    PARKING_FAILED,
    /** Public files that could not be read from the bucket. */
    FETCH_FAILED,
    /** Requests for public files whose response was 503. */
    SERVE_FAILED,
    /** Runs of the function {@code publish} that wrote every file. */
    PUBLISHED,
    /** Runs of the function {@code publish} that failed. */
    PUBLISH_FAILED,
    /** Runs of the function {@code publish} that held a month until an owner has looked at it. */
    PUBLICATION_HELD;

    /** The name in the log, in the field {@code metric}. */
    public String logName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
