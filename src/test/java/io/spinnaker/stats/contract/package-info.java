/** What Spinnaker sends and what must come of it: the cases of the contract, and payloads of real clients. */
@NullMarked
package io.spinnaker.stats.contract;

import org.jspecify.annotations.NullMarked;
