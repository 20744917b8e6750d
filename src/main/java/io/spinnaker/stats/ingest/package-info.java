/** The HTTP edge of {@code POST /log}: the resource, the limits as one chain of filters, the responses to errors. */
@NullMarked
package io.spinnaker.stats.ingest;

import org.jspecify.annotations.NullMarked;
