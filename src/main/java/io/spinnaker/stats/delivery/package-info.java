/**
 * Brings a row to safety: to storage, or to the dead-letter queue and from there to storage. Uses {@code storage}, {@code
 * batch}, {@code gcp}, {@code metrics}, {@code limits} and {@code time}.
 */
@NullMarked
package io.spinnaker.stats.delivery;

import org.jspecify.annotations.NullMarked;
