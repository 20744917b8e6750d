package io.spinnaker.stats.web;

import java.io.IOException;
import java.util.Optional;

/** Finds the public files that the service serves. */
@FunctionalInterface
interface ChartFileSource {

    /**
     * Finds the file with the given name; empty if there is none. Blocks.
     *
     * @throws IOException if the file is temporarily unavailable and there is no cached copy; the message quotes nothing
     */
    Optional<CachedFile> find(String name) throws IOException;
}
