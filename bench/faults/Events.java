import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Events as real clients of each release sent them, each with an execution id of its own, to find it again by. */
final class Events {

    private static final Pattern EXECUTION_ID =
            Pattern.compile("\"execution\"\\s*:\\s*\\{\\s*\"id\"\\s*:\\s*\"([0-9a-f]{64})\"");
    private static final int SHA_256_BYTES = 32;
    private static final int LARGE = 1_000_000;

    record Event(String executionId, byte[] body) {}

    /** A payload around its execution id. */
    private record Payload(String before, String after) {}

    private final List<Payload> payloads = new ArrayList<>();

    /** Takes every payload under the folder that has an execution id. */
    Events(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String payload = Files.readString(file);
                Matcher id = EXECUTION_ID.matcher(payload);
                if (id.find()) {
                    payloads.add(new Payload(payload.substring(0, id.start(1)), payload.substring(id.end(1))));
                }
            }
        }
        if (payloads.isEmpty()) {
            throw new IllegalStateException("no payload in " + folder + " has an execution id");
        }
    }

    /** One of 1 MB, nearly the most that the service takes, most of it in a field that nobody knows. */
    Event nextLarge() {
        Event event = next();
        String body = new String(event.body(), StandardCharsets.UTF_8);
        String padding = "{\"future\":\"" + "x".repeat(LARGE - body.length() - 16) + "\",";
        return new Event(event.executionId(), (padding + body.substring(1)).getBytes(StandardCharsets.UTF_8));
    }

    Event next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] hash = new byte[SHA_256_BYTES];
        random.nextBytes(hash);
        String id = HexFormat.of().formatHex(hash);
        Payload payload = payloads.get(random.nextInt(payloads.size()));
        return new Event(id, (payload.before() + id + payload.after()).getBytes(StandardCharsets.UTF_8));
    }
}
