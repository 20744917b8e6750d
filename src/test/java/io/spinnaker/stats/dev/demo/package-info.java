/** That the demo's events are like real ones, and tell what they should. */
@NullMarked
package io.spinnaker.stats.dev.demo;

import org.jspecify.annotations.NullMarked;
