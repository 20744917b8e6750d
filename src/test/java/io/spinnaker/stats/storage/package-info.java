@NullMarked
package io.spinnaker.stats.storage;

import org.jspecify.annotations.NullMarked;
