/** The public files at {@code /data} and the page. */
@NullMarked
package io.spinnaker.stats.web;

import org.jspecify.annotations.NullMarked;
