/** Judges from published numbers whether the use of a feature grows and whom a removal would affect. */
@NullMarked
package io.spinnaker.stats.verdict;

import org.jspecify.annotations.NullMarked;
