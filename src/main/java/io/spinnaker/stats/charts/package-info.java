/** Roll-ups, publication rules, charts, and the public files. */
@NullMarked
package io.spinnaker.stats.charts;

import org.jspecify.annotations.NullMarked;
