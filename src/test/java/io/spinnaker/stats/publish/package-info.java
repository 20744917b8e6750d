@NullMarked
package io.spinnaker.stats.publish;

import org.jspecify.annotations.NullMarked;
