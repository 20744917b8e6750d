@NullMarked
package io.spinnaker.stats.web;

import org.jspecify.annotations.NullMarked;
