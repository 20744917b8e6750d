@NullMarked
package io.spinnaker.stats.event;

import org.jspecify.annotations.NullMarked;
