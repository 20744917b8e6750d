@NullMarked
package io.spinnaker.stats.charts;

import org.jspecify.annotations.NullMarked;
