/** Calls to Google's REST APIs: as whom, over which connections, and again while that can help. */
@NullMarked
package io.spinnaker.stats.google;

import org.jspecify.annotations.NullMarked;
