package io.spinnaker.stats.batch;

import io.spinnaker.stats.time.Deadline;
import java.util.List;

/** Sends one batch to a remote system. */
@FunctionalInterface
public interface BatchSender<T> {

    /**
     * Sends the batch, and completes or fails each item before it returns. Blocks. An exception fails every item that is
     * not done yet.
     *
     * @param latest the latest deadline in the batch; after it, no caller waits for a result
     */
    void send(List<PendingWrite<T>> batch, Deadline latest);
}
