package io.spinnaker.stats.dashboard;

import java.util.List;
import java.util.stream.Stream;

/** The charts there are, in the order in which a page shows them. */
final class Charts {

    private static final List<Chart> ALL =
            Stream.of("versions", "stage-types").map(Chart::of).toList();

    private Charts() {}

    static List<Chart> all() {
        return ALL;
    }
}
