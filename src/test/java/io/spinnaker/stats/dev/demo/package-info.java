/** Tests of the demo data. */
@NullMarked
package io.spinnaker.stats.dev.demo;

import org.jspecify.annotations.NullMarked;
