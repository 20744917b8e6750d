/** Every limit, timeout and retry rule of the service: the numbers stand here, the packages that apply them do not repeat them. */
@NullMarked
package io.spinnaker.stats.limits;

import org.jspecify.annotations.NullMarked;
