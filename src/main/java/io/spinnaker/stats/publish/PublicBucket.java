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

/** Writes objects to the public bucket. Readers of an object always get one complete version of it. */
final class PublicBucket {

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final GoogleRestClient client;
    private final URI upload;

    /**
     * Creates the bucket's client; makes no call. A missing or forbidden bucket shows with the first object.
     *
     * @throws ConfigurationException if the name is not valid, the host is not a base URL, or there are no credentials
     */
    PublicBucket(String name, URI host) {
        if (!name.matches("[a-z0-9][a-z0-9._-]+[a-z0-9]")) {
            throw new ConfigurationException("stats.publish.bucket is not a valid bucket name; write it without gs://");
        }
        this.name = name;
        this.client = new GoogleRestClient("Cloud Storage", host, "stats.publish.host", Limits.UPLOADS);
        this.upload = client.resolve("/upload/storage/v1/b/" + name + "/o?uploadType=multipart");
    }

    /**
     * Writes one object, replacing an earlier one of the same name. Blocks.
     *
     * @param cacheControl the object's Cache-Control header
     * @throws UploadFailedException if Cloud Storage does not confirm the object
     */
    void write(String object, ChartFile file, String cacheControl) {
        ObjectNode metadata = JSON.createObjectNode()
                .put("name", object)
                .put("contentType", file.contentType())
                .put("cacheControl", cacheControl);
        String boundary = UUID.randomUUID().toString();
        ApiResponse response;
        try {
            response = client.post(
                    upload,
                    "multipart/related; boundary=" + boundary,
                    multipart(boundary, metadata, file),
                    Deadline.after(Limits.UPLOAD_TIME));
        } catch (ApiUnreachableException e) {
            throw new UploadFailedException(String.valueOf(e.getMessage()));
        }
        if (!response.isOk()) {
            throw new UploadFailedException(reason(response));
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

    private String reason(ApiResponse response) {
        return switch (response.status()) {
            case 200 -> "Cloud Storage's response is not JSON";
            case 401, 403 ->
                "Cloud Storage denies access to the bucket " + name + " (" + response.errorSummary()
                        + "); unless this is a quota, grant storage.objects.create and storage.objects.delete on it";
            case 404 -> "Cloud Storage bucket " + name + " not found";
            default -> "Cloud Storage responded " + response.errorSummary();
        };
    }
}
