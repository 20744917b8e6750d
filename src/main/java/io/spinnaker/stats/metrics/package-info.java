/** What those who run the service see of it: counts in the log. */
@NullMarked
package io.spinnaker.stats.metrics;

import org.jspecify.annotations.NullMarked;
