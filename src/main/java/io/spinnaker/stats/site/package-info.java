/** The public files: those of the charts, and others that are computed from the same published numbers and from nothing else. */
@NullMarked
package io.spinnaker.stats.site;

import org.jspecify.annotations.NullMarked;
