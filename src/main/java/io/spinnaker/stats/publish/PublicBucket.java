package io.spinnaker.stats.publish;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.gcp.ApiCall;
import io.spinnaker.stats.gcp.ApiException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;

/** Writes objects to the public bucket. Readers of an object always get one complete version of it. */
final class PublicBucket {

    private final String name;
    private final Storage storage;

    /**
     * Creates the bucket; makes no call. A missing or forbidden bucket shows with the first object.
     *
     * @throws ConfigurationException if the name is not valid
     */
    PublicBucket(String name, Storage storage) {
        if (!name.matches("[a-z0-9][a-z0-9._-]+[a-z0-9]")) {
            throw new ConfigurationException("stats.publish.bucket is not a valid bucket name; write it without gs://");
        }
        this.name = name;
        this.storage = storage;
    }

    /**
     * Writes one object, replacing an earlier one of the same name. Blocks.
     *
     * @param cacheControl the object's Cache-Control header
     * @throws UploadFailedException if Cloud Storage does not confirm the object
     */
    void write(String object, ChartFile file, String cacheControl) {
        StorageObject metadata = new StorageObject()
                .setName(object)
                .setContentType(file.contentType())
                .setCacheControl(cacheControl);
        ByteArrayContent content = new ByteArrayContent(file.contentType(), file.content());
        try {
            ApiCall.runWithRetries(Deadline.after(Limits.UPLOAD_TIME), () -> {
                Storage.Objects.Insert insert = storage.objects().insert(name, metadata, content);
                insert.getMediaHttpUploader().setDirectUploadEnabled(true); // one call; the files are small
                return insert.execute();
            });
        } catch (ApiException e) {
            throw new UploadFailedException(reason(e));
        }
    }

    private String reason(ApiException e) {
        return switch (e.status()) {
            case 401, 403 ->
                "Cloud Storage denies access to the bucket " + name + " (" + e.summary()
                        + "); unless this is a quota, grant storage.objects.create and storage.objects.delete on it";
            case 404 -> "Cloud Storage bucket " + name + " not found";
            default -> e.describe("Cloud Storage");
        };
    }
}
