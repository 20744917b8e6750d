package common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Events that clients of each Spinnaker release sent, one per file. */
public final class PayloadFiles {

    private static final Path FOLDER = Path.of("src/test/resources/contract/payloads");

    /** An event of a common size. */
    public static final Path TYPICAL = FOLDER.resolve("spinnaker-1.36/payload-050.json");

    private PayloadFiles() {}

    /** Returns all of them, sorted by path. */
    public static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
