@NullMarked
package io.spinnaker.stats.site;

import org.jspecify.annotations.NullMarked;
