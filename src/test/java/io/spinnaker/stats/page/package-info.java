/** Tests of the pages in a real browser. */
@NullMarked
package io.spinnaker.stats.page;

import org.jspecify.annotations.NullMarked;
