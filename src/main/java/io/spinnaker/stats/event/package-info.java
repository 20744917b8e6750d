/** Events: records that mirror kork's log.proto, the lenient reader, and the validation rules. */
@NullMarked
package io.spinnaker.stats.event;

import org.jspecify.annotations.NullMarked;
