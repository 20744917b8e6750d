/** What is delivered, the packaged jar or the native executable, run as its operator runs it: a process. */
@NullMarked
package io.spinnaker.stats.packaged;

import org.jspecify.annotations.NullMarked;
