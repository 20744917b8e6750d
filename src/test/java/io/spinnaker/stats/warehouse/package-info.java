@NullMarked
package io.spinnaker.stats.warehouse;

import org.jspecify.annotations.NullMarked;
