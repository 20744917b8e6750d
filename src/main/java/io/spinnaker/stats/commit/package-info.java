/** Many items as few calls, each in time: the deadline of one request, and group commit. */
@NullMarked
package io.spinnaker.stats.commit;

import org.jspecify.annotations.NullMarked;
