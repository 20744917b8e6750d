/**
 * What becomes of a row that the warehouse cannot take in time: it waits in a Pub/Sub topic, and is brought there
 * later.
 */
@NullMarked
package io.spinnaker.stats.deadletter;

import org.jspecify.annotations.NullMarked;
