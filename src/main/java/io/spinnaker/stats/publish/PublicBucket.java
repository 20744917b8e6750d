package io.spinnaker.stats.publish;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.gcp.ApiResponse;
import io.spinnaker.stats.gcp.ApiUnreachableException;
import io.spinnaker.stats.gcp.GoogleRestClient;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A bucket of Cloud Storage. Whoever reads an object gets all of one version of it, never a part.
 */
final class PublicBucket {

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final GoogleRestClient api;
    private final URI upload;

    /**
     * Asks Cloud Storage nothing: a bucket that is missing or forbidden shows with the first object.
     *
     * @throws ConfigurationException when the name is none, the host is no URL, or there are no credentials
     */
    PublicBucket(String name, URI host) {
        if (!name.matches("[a-z0-9][a-z0-9._-]+[a-z0-9]")) {
            throw new ConfigurationException("stats.publish.bucket is not a valid bucket name; write it without gs://");
        }
        this.name = name;
        this.api = new GoogleRestClient("Cloud Storage", host, "stats.publish.host", Limits.UPLOADS);
        this.upload = api.resolve("/upload/storage/v1/b/" + name + "/o?uploadType=multipart");
    }

    /**
     * Writes one object, in place of one that has that name. Blocks.
     *
     * @param cacheControl for how long whoever has read it need not ask again
     * @throws UploadFailedException when it is not confirmed
     */
    void write(String object, ChartFile file, String cacheControl) {
        ObjectNode metadata = JSON.createObjectNode()
                .put("name", object)
                .put("contentType", file.contentType())
                .put("cacheControl", cacheControl);
        String boundary = UUID.randomUUID().toString();
        ApiResponse answer;
        try {
            answer = api.post(
                    upload,
                    "multipart/related; boundary=" + boundary,
                    multipart(boundary, metadata, file),
                    Deadline.after(Limits.UPLOAD_TIME));
        } catch (ApiUnreachableException e) {
            throw new UploadFailedException(String.valueOf(e.getMessage()));
        }
        if (!answer.isOk()) {
            throw new UploadFailedException(reason(answer));
        }
    }

    private static byte[] multipart(String boundary, ObjectNode metadata, ChartFile file) {
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

    private String reason(ApiResponse answer) {
        return switch (answer.status()) {
            case 200 -> "Cloud Storage's answer could not be read";
            case 401, 403 ->
                "Cloud Storage refuses the bucket " + name + " to this function (" + answer.errorSummary()
                        + "); unless that is a quota, its account needs storage.objects.create and .delete on it";
            case 404 -> "Cloud Storage has no bucket " + name;
            default -> "Cloud Storage answered " + answer.errorSummary();
        };
    }
}
