/** The daily function that writes the public files to a bucket. */
@NullMarked
package io.spinnaker.stats.publish;

import org.jspecify.annotations.NullMarked;
