/** Problem documents (RFC 9457), the bodies of all error responses. */
@NullMarked
package io.spinnaker.stats.problem;

import org.jspecify.annotations.NullMarked;
