@NullMarked
package io.spinnaker.stats.verdict;

import org.jspecify.annotations.NullMarked;
