/** Google's clients: credentials, transport, deadlines, retries. Uses {@code limits} and {@code time}. */
@NullMarked
package io.spinnaker.stats.gcp;

import org.jspecify.annotations.NullMarked;
