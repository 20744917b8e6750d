@NullMarked
package io.spinnaker.stats.delivery;

import org.jspecify.annotations.NullMarked;
