package io.spinnaker.stats.web;

import java.io.IOException;
import java.util.Optional;

/** Where the service has the public files from. */
@FunctionalInterface
interface ChartFileSource {

    /**
     * The file of that name; empty when there is none. Blocks.
     *
     * @throws IOException when it cannot be had now, and no older copy either; its message quotes nothing
     */
    Optional<CachedFile> find(String name) throws IOException;
}
