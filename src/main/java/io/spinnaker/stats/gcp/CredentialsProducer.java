package io.spinnaker.stats.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Produces the credentials of the environment, once for all clients, so that a cold start needs one access token. */
final class CredentialsProducer {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    /**
     * Google's application default credentials; requests no token yet.
     *
     * @throws ConfigurationException if there are none
     */
    @Produces
    @Singleton
    GoogleCredentials credentials() {
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        } catch (IOException | RuntimeException e) { // the message about a broken key file can quote the file
            throw new ConfigurationException("No usable Google credentials: give the service a service account, point"
                    + " GOOGLE_APPLICATION_CREDENTIALS at a key file, or run gcloud auth application-default login");
        }
    }
}
