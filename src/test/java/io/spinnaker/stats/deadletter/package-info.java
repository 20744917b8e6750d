@NullMarked
package io.spinnaker.stats.deadletter;

import org.jspecify.annotations.NullMarked;
