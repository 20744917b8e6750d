package compare;

import common.Arguments;
import common.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An implementation of the service.
 *
 * @param command starts it
 * @param code the file or folder to deploy
 * @param isExecutable whether it is a native executable of this service, for which there are goals
 * @param benchmarks pattern of the names of the results in which it takes part
 */
record Implementation(String name, List<String> command, Path code, boolean isExecutable, String benchmarks) {

    /** Name of the native executable of this repository. */
    static final String SERVICE = "java";

    static List<Implementation> all(Arguments arguments) {
        List<Implementation> all = new ArrayList<>();
        all.add(executable(SERVICE, Service.EXECUTABLE));
        for (String executable : arguments.values("--executable")) {
            String[] nameAndPath = executable.split("=", 2);
            all.add(executable(nameAndPath[0], Path.of(nameAndPath[1])));
        }
        Path jar = Path.of("target/quarkus-app/quarkus-run.jar");
        if (Files.exists(jar)) {
            String java = System.getProperty("java.home") + "/bin/java";
            all.add(new Implementation("jar", List.of(java, "-jar", jar.toString()), jar, false, "start|memory"));
        }
        if (!arguments.hasFlag("--only-executables")) {
            all.add(go("go-bigquery-client"));
            all.add(go("go-standard-library"));
            Path node = Compare.WORK.resolve("node");
            String framework =
                    node.resolve("node_modules/.bin/functions-framework").toString();
            List<String> command = List.of("node", framework, "--target=log", "--source=" + node);
            String benchmarks = "rows|load, BigQuery instant, connections: 16|sparse.*|start|memory|size"; // it is slow
            all.add(new Implementation("node", command, node, false, benchmarks));
        }
        return all;
    }

    private static Implementation executable(String name, Path file) {
        String trustStore = "-Djavax.net.ssl.trustStore=" + Compare.WORK.resolve("trust.p12");
        List<String> command = List.of(file.toString(), trustStore, "-Djavax.net.ssl.trustStorePassword=changeit");
        return new Implementation(name, command, file, true, ".*");
    }

    private static Implementation go(String name) {
        Path file = Compare.WORK.resolve(name);
        return new Implementation(name, List.of(file.toString()), file, false, ".*");
    }

    boolean takesPartIn(Results results) {
        return results.name.matches(benchmarks);
    }

    double megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            return files.mapToLong(file ->
                                    Files.isRegularFile(file) ? file.toFile().length() : 0)
                            .sum()
                    / 1e6;
        }
    }
}
