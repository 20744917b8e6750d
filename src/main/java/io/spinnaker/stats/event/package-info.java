/** What Spinnaker says: records that mirror kork's log.proto, and the rules for reading them. */
@NullMarked
package io.spinnaker.stats.event;

import org.jspecify.annotations.NullMarked;
