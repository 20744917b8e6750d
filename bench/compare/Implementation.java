package compare;

import common.StatsService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * An implementation of the service.
 *
 * @param command starts it
 * @param code the file or folder to deploy
 */
record Implementation(String name, List<String> command, Path code) {

    /** The service of this repository, as a native executable. */
    static Implementation java(SelfSignedCertificate certificate) {
        return new Implementation(
                "Java",
                List.of(
                        StatsService.EXECUTABLE.toString(),
                        "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                        "-Djavax.net.ssl.trustStorePassword=" + SelfSignedCertificate.TRUST_STORE_PASSWORD),
                StatsService.EXECUTABLE);
    }

    static Implementation go() throws IOException, InterruptedException {
        Path executable = WorkDir.buildGo("peer", Path.of("bench/peers/go"));
        return new Implementation("Go", List.of(executable.toString()), executable);
    }

    static Implementation node() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(WorkDir.PATH.resolve("node"));
        for (String file : List.of("package.json", "package-lock.json", "index.js")) {
            Files.copy(Path.of("bench/peers/node", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Subprocess.run("npm", new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund").directory(folder.toFile()));
        String framework =
                folder.resolve("node_modules/.bin/functions-framework").toString();
        return new Implementation("Node", List.of("node", framework, "--target=log", "--source=" + folder), folder);
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
