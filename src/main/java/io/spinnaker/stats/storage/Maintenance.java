package io.spinnaker.stats.storage;

import java.time.LocalDate;
import java.util.OptionalInt;

/**
 * Daily work on a local database. Blocks, for seconds if necessary; rows are written meanwhile. Every method throws {@link
 * QueryFailedException} if the database fails.
 */
public interface Maintenance {

    /** Days for which events are kept; empty if without limit. */
    OptionalInt retentionDays();

    /** Deletes the events that were received before a day (UTC), and the roll-ups of those days. The charts' numbers stay. */
    void deleteBefore(LocalDate day);

    /** Replaces the backup, if one is configured, by a copy of the whole database at one moment. */
    void backUp();
}
