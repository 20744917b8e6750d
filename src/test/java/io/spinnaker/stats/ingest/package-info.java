@NullMarked
package io.spinnaker.stats.ingest;

import org.jspecify.annotations.NullMarked;
