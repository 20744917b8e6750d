/** The dashboard's pages in a real browser: what people see, click and read there. */
@NullMarked
package io.spinnaker.stats.page;

import org.jspecify.annotations.NullMarked;
