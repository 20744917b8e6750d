/** A year of made-up events, for a developer who wants to see the dashboard at work: in dev mode only. */
@NullMarked
package io.spinnaker.stats.dev.demo;

import org.jspecify.annotations.NullMarked;
