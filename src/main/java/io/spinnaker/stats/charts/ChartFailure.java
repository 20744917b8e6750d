package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.QueryFailedException;

/**
 * A chart that could not be computed.
 *
 * @param chart the chart's name
 * @param cause the failure of its query; the message quotes no event
 */
public record ChartFailure(String chart, QueryFailedException cause) {}
