/** Counters in the log. */
@NullMarked
package io.spinnaker.stats.metrics;

import org.jspecify.annotations.NullMarked;
