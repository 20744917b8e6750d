/** Batching: many items in few calls, each with its own result and deadline. Uses {@code limits} and {@code time}. */
@NullMarked
package io.spinnaker.stats.batch;

import org.jspecify.annotations.NullMarked;
