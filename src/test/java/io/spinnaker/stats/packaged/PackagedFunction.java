package io.spinnaker.stats.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A function under Google's invoker, which runs the uber-jar as Cloud Functions does. */
final class PackagedFunction extends PackagedProcess {

    private static final Pattern SERVING = Pattern.compile("Serving function");

    /** The headers of Eventarc's request for a push message of Pub/Sub. */
    static final Map<String, String> EVENTARC_HEADERS = Map.of(
            "ce-id", "1",
            "ce-source", "//pubsub.googleapis.com/projects/demo/topics/dead-letter",
            "ce-specversion", "1.0",
            "ce-type", "google.cloud.pubsub.topic.v1.messagePublished");

    private final String baseUrl;

    /** Starts the function, and waits until it serves. */
    static PackagedFunction start(Path folder, Map<String, String> environment) throws IOException {
        int port = freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", String.valueOf(port)); // as there: it is the invoker's, not ours
        return new PackagedFunction(folder, all, port);
    }

    private PackagedFunction(Path folder, Map<String, String> environment, int port) throws IOException {
        super(
                folder,
                environment,
                List.of(
                        java(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED", // for JDKs later than the 21 of Cloud Functions
                        "-jar",
                        TARGET.resolve("functions-invoker.jar").toString(),
                        "--classpath",
                        TARGET.resolve("spinnaker-stats-runner.jar").toString(),
                        "--target",
                        "io.quarkus.funqy.gcp.functions.FunqyCloudEventsFunction"),
                SERVING);
        this.baseUrl = "http://127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Delivers a push message of Pub/Sub; a 2xx acknowledges it. */
    HttpResponse<String> push(String body) throws IOException, InterruptedException {
        return post(URI.create(baseUrl + "/"), BodyPublishers.ofString(body), EVENTARC_HEADERS);
    }
}
