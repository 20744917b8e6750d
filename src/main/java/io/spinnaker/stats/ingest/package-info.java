/** The HTTP edge: takes an event, answers when its row is stored, says what is wrong otherwise. */
@NullMarked
package io.spinnaker.stats.ingest;

import org.jspecify.annotations.NullMarked;
