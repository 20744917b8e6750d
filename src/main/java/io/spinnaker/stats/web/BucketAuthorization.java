package io.spinnaker.stats.web;

import com.google.auth.oauth2.GoogleCredentials;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Authorises requests to the bucket with the service's own identity, so that the bucket can be private. Only Google's own Cloud
 * Storage gets an access token. Without credentials, the bucket is read anonymously, so that a laptop can read a public one.
 */
final class BucketAuthorization {

    private static final Logger LOG = Logger.getLogger(BucketAuthorization.class);
    private static final String HOST = "storage.googleapis.com";

    private final Provider<GoogleCredentials> provider;

    // guarded by this
    private boolean hasLooked;
    private Optional<GoogleCredentials> found = Optional.empty();

    /** Looks for credentials with the first request, not yet: where there are none, that can take seconds. */
    BucketAuthorization(Provider<GoogleCredentials> provider) {
        this.provider = provider;
    }

    /**
     * The headers that authorise a request, none for an anonymous one. Blocks while an access token is fetched.
     *
     * @throws IOException if there are credentials but no access token
     */
    Map<String, List<String>> headers(URI url) throws IOException {
        if (!mayHaveToken(url)) {
            return Map.of();
        }
        Optional<GoogleCredentials> credentials = credentials();
        return credentials.isPresent() ? credentials.get().getRequestMetadata(url) : Map.of();
    }

    /** Whether a URL is one of Cloud Storage's, over HTTPS and its standard port. No other server may see a token. */
    static boolean mayHaveToken(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                && HOST.equalsIgnoreCase(url.getHost())
                && (url.getPort() == -1 || url.getPort() == 443);
    }

    private synchronized Optional<GoogleCredentials> credentials() {
        if (!hasLooked) {
            hasLooked = true;
            try {
                found = Optional.of(provider.get());
            } catch (RuntimeException e) { // its message is for those who need credentials
                LOG.warn("no Google credentials, so the bucket is read anonymously; it must be public");
            }
        }
        return found;
    }
}
