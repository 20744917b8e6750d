/** What everybody may see: daily roll-ups of the events, charts drawn from them, and the files that they become. */
@NullMarked
package io.spinnaker.stats.charts;

import org.jspecify.annotations.NullMarked;
