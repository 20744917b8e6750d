/** Tests of the packaged jar or native executable, run as a process, as its operator runs it. */
@NullMarked
package io.spinnaker.stats.packaged;

import org.jspecify.annotations.NullMarked;
