package compare;

import common.Arguments;
import common.HttpConnection;
import common.Service;
import common.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An implementation of the service.
 *
 * @param command starts it
 * @param code the file or folder to deploy
 * @param isExecutable whether it is a native executable of this service, for which there are goals
 * @param benchmarks pattern of the names of the benchmarks in which it takes part
 */
record Implementation(String name, List<String> command, Path code, boolean isExecutable, String benchmarks) {

    /** Name of the native executable of this repository. */
    static final String SERVICE = "java";

    private static final String NODE = "node";
    private static final String METADATA = "127.0.0.1:9157";

    /**
     * A running implementation.
     *
     * @param firstRowMs time from the start of the process to its first stored row
     */
    record Server(Implementation implementation, BigQuery bigQuery, int port, Subprocess process, double firstRowMs) {}

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
            Path node = Compare.WORK.resolve(NODE);
            String framework =
                    node.resolve("node_modules/.bin/functions-framework").toString();
            List<String> command = List.of("node", framework, "--target=log", "--source=" + node);
            String benchmarks = "rows|load, BigQuery instant, connections: 16|sparse|start|memory|size";
            all.add(new Implementation(NODE, command, node, false, benchmarks));
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

    /** Starts the implementation. Returns once it has stored its first row. */
    Server start(BigQuery bigQuery) throws Exception {
        int port = Subprocess.freePort();
        ProcessBuilder builder = Service.command(command, port, bigQuery.url());
        String certificate = Compare.WORK.resolve("certificate.pem").toString();
        builder.environment()
                .putAll(Map.of( // the settings of the peers; each reads those that it knows
                        "GCE_METADATA_HOST",
                        METADATA,
                        "BIGQUERY_PROJECT",
                        Service.PROJECT,
                        "BIGQUERY_HOST",
                        bigQuery.url(),
                        "SSL_CERT_FILE",
                        certificate,
                        "NODE_EXTRA_CA_CERTS",
                        certificate,
                        "NODE_ENV",
                        "production"));
        byte[] event = Files.readAllBytes(Service.TYPICAL_PAYLOAD);
        long started = System.nanoTime();
        Subprocess process = new Subprocess(builder, Compare.WORK.resolve(name + ".log"));
        try (HttpConnection connection = process.connect(port)) {
            connection.store(event);
        }
        return new Server(this, bigQuery, port, process, (System.nanoTime() - started) / 1e6);
    }

    boolean takesPartIn(String benchmark) {
        return benchmark.matches(benchmarks);
    }

    boolean isSlow() {
        return name.equals(NODE);
    }

    double megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1e6;
        }
    }
}
