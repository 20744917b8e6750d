@NullMarked
package io.spinnaker.stats.metrics;

import org.jspecify.annotations.NullMarked;
