/** The client of Google's REST APIs: credentials, connections, retries. Uses {@code limits} and {@code time}. */
@NullMarked
package io.spinnaker.stats.gcp;

import org.jspecify.annotations.NullMarked;
