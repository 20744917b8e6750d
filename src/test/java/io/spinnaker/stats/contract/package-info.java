/** The contract with the clients: cases with the required responses, and payloads of real clients. */
@NullMarked
package io.spinnaker.stats.contract;

import org.jspecify.annotations.NullMarked;
