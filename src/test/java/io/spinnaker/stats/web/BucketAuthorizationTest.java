package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketAuthorizationTest {

    private static final URI FILE = URI.create("https://storage.googleapis.com/stats-public/data/index.json");

    private final GoogleCredentials credentials = GoogleCredentials.create(
            new AccessToken("secret", Date.from(Instant.now().plusSeconds(3_600))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://storage.googleapis.com/stats-public/data/index.json",
                "HTTPS://STORAGE.googleapis.com:443/stats-public"
            })
    void sendsTheServicesTokenToCloudStorage(String url) throws Exception {
        assertThat(new BucketAuthorization(() -> credentials).headers(URI.create(url)))
                .containsEntry("Authorization", List.of("Bearer secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://storage.googleapis.com/stats-public/data/index.json",
                "https://storage.googleapis.com:8443/stats-public/data/index.json",
                "https://storage.googleapis.com.example.org/stats-public/data/index.json",
                "https://storage.googleapis.com@example.org/stats-public/data/index.json",
                "https://example.org/storage.googleapis.com/data/index.json",
                "https://stats-public.storage.googleapis.com/data/index.json",
                "http://127.0.0.1:4443/stats-public/data/index.json"
            })
    void sendsNoTokenElsewhere(String url) throws Exception {
        assertThat(new BucketAuthorization(() -> credentials).headers(URI.create(url)))
                .isEmpty();
    }

    @Test
    void readsAnonymouslyWithoutCredentialsAndLooksForThemOnce() throws Exception {
        AtomicInteger searches = new AtomicInteger();
        BucketAuthorization authorization = new BucketAuthorization(() -> {
            searches.incrementAndGet();
            throw new ConfigurationException("No usable Google credentials");
        });
        for (int request = 0; request < 3; request++) {
            assertThat(authorization.headers(FILE)).isEmpty();
        }
        assertThat(searches).hasValue(1);
    }
}
