/** Tests of pacing. */
@NullMarked
package io.spinnaker.stats.pacing;

import org.jspecify.annotations.NullMarked;
