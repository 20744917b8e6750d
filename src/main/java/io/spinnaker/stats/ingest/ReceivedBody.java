package io.spinnaker.stats.ingest;

import io.spinnaker.stats.time.Deadline;
import io.vertx.core.buffer.Buffer;

/**
 * A complete request body.
 *
 * @param deadline of the response, counted from the arrival of the last byte
 */
record ReceivedBody(Buffer content, Deadline deadline) {}
