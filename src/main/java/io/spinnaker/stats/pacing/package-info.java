/** Paces requests beyond a configured rate, so that a flood costs no more than that rate. */
@NullMarked
package io.spinnaker.stats.pacing;

import org.jspecify.annotations.NullMarked;
