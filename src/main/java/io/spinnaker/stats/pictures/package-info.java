/** Draws charts as SVG, from published numbers. */
@NullMarked
package io.spinnaker.stats.pictures;

import org.jspecify.annotations.NullMarked;
