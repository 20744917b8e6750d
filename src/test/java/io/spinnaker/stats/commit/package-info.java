@NullMarked
package io.spinnaker.stats.commit;

import org.jspecify.annotations.NullMarked;
