@NullMarked
package io.spinnaker.stats.batch;

import org.jspecify.annotations.NullMarked;
