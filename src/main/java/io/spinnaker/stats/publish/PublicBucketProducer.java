package io.spinnaker.stats.publish;

import com.google.api.services.storage.Storage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.gcp.GoogleClients;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Creates the public bucket that the configuration names. */
final class PublicBucketProducer {

    /**
     * Google's client; makes no call.
     *
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    @Produces
    @Singleton
    Storage storage(PublishConfig config, GoogleClients clients) {
        return clients.cloudStorage(config.host(), "stats.publish.host");
    }

    @Produces
    @Singleton
    PublicBucket bucket(PublishConfig config, Provider<Storage> storage) {
        return new PublicBucket(
                config.bucket()
                        .orElseThrow(() -> new ConfigurationException(
                                "publish needs a bucket; set stats.publish.bucket (STATS_PUBLISH_BUCKET)")),
                storage.get());
    }
}
