package io.spinnaker.stats.dashboard;

import java.io.IOException;
import java.util.Optional;

/** Where the service has the public files from. */
@FunctionalInterface
interface DataFiles {

    /**
     * The file of that name; empty when there is none. Blocks.
     *
     * @throws IOException when it cannot be had now, and no older copy either; its message quotes nothing
     */
    Optional<ServedFile> find(String name) throws IOException;
}
