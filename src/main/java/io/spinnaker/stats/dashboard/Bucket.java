package io.spinnaker.stats.dashboard;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.google.Answer;
import io.spinnaker.stats.google.GoogleApi;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * A bucket of Cloud Storage. Whoever reads an object gets all of one version of it, never a part.
 */
final class Bucket {

    /** Of one object, which has a MiB at most, and of one try. */
    private static final Duration TIME = Duration.ofSeconds(30);

    private static final Duration LONGEST_TRY = Duration.ofSeconds(10);

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final GoogleApi api;
    private final URI upload;

    /**
     * Asks Cloud Storage nothing: a bucket that is missing or forbidden shows with the first object.
     *
     * @throws ConfigurationException when the name is none, the host is no URL, or there are no credentials
     */
    Bucket(String name, URI host) {
        if (!name.matches("[a-z0-9][a-z0-9._-]+[a-z0-9]")) {
            throw new ConfigurationException("stats.dashboard.bucket is no bucket's name: write it without gs://");
        }
        this.name = name;
        this.api = new GoogleApi("Cloud Storage", host, "stats.dashboard.host", LONGEST_TRY);
        this.upload = api.resolve("/upload/storage/v1/b/" + name + "/o?uploadType=multipart");
    }

    /**
     * Writes one object, in place of one that has that name. Blocks.
     *
     * @param cacheControl for how long whoever has read it need not ask again
     * @throws NotCommittedException when it is not confirmed
     */
    void write(String object, DataFile file, String cacheControl) {
        ObjectNode metadata = JSON.createObjectNode()
                .put("name", object)
                .put("contentType", file.contentType())
                .put("cacheControl", cacheControl);
        String boundary = UUID.randomUUID().toString();
        Answer answer = api.post(
                upload,
                "multipart/related; boundary=" + boundary,
                multipart(boundary, metadata, file),
                Deadline.in(TIME));
        if (!answer.isOk()) {
            throw new NotCommittedException(Why.UNAVAILABLE, reason(answer));
        }
    }

    private static byte[] multipart(String boundary, ObjectNode metadata, DataFile file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%1$s\r
                Content-Type: application/json\r
                \r
                %2$s\r
                --%1$s\r
                Content-Type: %3$s\r
                \r
                """.formatted(boundary, metadata, file.contentType()).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file.content());
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private String reason(Answer answer) {
        return switch (answer.status()) {
            case 200 -> "Cloud Storage's answer could not be read";
            case 401, 403 ->
                "Cloud Storage refuses the bucket " + name + " to this function (" + answer.codes()
                        + "); unless that is a quota, its account needs storage.objects.create and .delete on it";
            case 404 -> "Cloud Storage has no bucket " + name;
            default -> "Cloud Storage answered " + answer.codes();
        };
    }
}
