/** Tools of dev mode; no other package uses them. */
@NullMarked
package io.spinnaker.stats.dev;

import org.jspecify.annotations.NullMarked;
