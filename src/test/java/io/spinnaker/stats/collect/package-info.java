@NullMarked
package io.spinnaker.stats.collect;

import org.jspecify.annotations.NullMarked;
