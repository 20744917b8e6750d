@NullMarked
package io.spinnaker.stats.dashboard;

import org.jspecify.annotations.NullMarked;
