package io.spinnaker.stats.delivery;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.time.Deadline;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A durable queue: keeps rows that storage did not take in time, or parks those that it never will. */
interface DeadLetterQueue {

    /**
     * Publishes one message. Returns immediately.
     *
     * @param data the JSON of a row, or whatever is parked
     * @param attributes shown beside the message, for people who look at it
     * @return completes when the queue has confirmed the message; otherwise fails with {@link WriteFailedException} by the
     *     deadline
     */
    CompletionStage<Void> publish(byte[] data, Map<String, String> attributes, Deadline deadline);
}
