@NullMarked
package io.spinnaker.stats.pictures;

import org.jspecify.annotations.NullMarked;
