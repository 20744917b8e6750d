import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service that takes events.
 *
 * @param code what has to be deployed: a file or a folder
 */
record Contender(String name, List<String> command, Path code) {

    static final Path OURS = Path.of("target/spinnaker-stats-runner");

    static Contender ours(Certificate certificate) {
        return new Contender(
                "ours",
                List.of(
                        OURS.toString(),
                        "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                        "-Djavax.net.ssl.trustStorePassword=" + Certificate.TRUST_STORE_PASSWORD),
                OURS);
    }

    static Contender go() throws IOException, InterruptedException {
        Path executable = Work.buildGo("peer", Path.of("bench/peers/go"));
        return new Contender("Go", List.of(executable.toString()), executable);
    }

    static Contender node() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Work.FOLDER.resolve("node"));
        for (String file : List.of("package.json", "package-lock.json", "index.js")) {
            Files.copy(Path.of("bench/peers/node", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Child.run("npm", new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund").directory(folder.toFile()));
        String framework =
                folder.resolve("node_modules/.bin/functions-framework").toString();
        return new Contender("Node", List.of("node", framework, "--target=log", "--source=" + folder), folder);
    }

    double megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / 1e6;
        }
    }
}
