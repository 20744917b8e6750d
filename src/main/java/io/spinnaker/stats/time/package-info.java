/** Deadlines and the clock. */
@NullMarked
package io.spinnaker.stats.time;

import org.jspecify.annotations.NullMarked;
