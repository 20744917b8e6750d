package io.spinnaker.stats.gcp;

import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.pubsub.Pubsub;
import com.google.api.services.storage.Storage;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.limits.Limits;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Creates Google's clients, all with the same transport, credentials and retry rule; {@link ApiCall} runs their calls. A host
 * with plain http (an emulator) is called without credentials.
 */
@Singleton
public final class GoogleClients {

    private static final String APPLICATION = "spinnaker-stats";

    /** The HTTP client's own retries; only a rejected access token leads to one. */
    private static final int REJECTED_TOKEN_RETRIES = 1;

    private static final HttpExecuteInterceptor NONE = request -> {};

    private final Provider<GoogleCredentials> credentials;
    private final HttpTransport transport = new UnstreamedTransport(Limits.API_CALLS);

    @Inject
    GoogleClients(Provider<GoogleCredentials> credentials) {
        this.credentials = credentials;
    }

    /** Clients for emulators. */
    public static GoogleClients withoutCredentials() {
        return new GoogleClients(() -> {
            throw new IllegalStateException("https needs credentials");
        });
    }

    /**
     * Creates a client of BigQuery; makes no call.
     *
     * @param setting the name of the setting that the host comes from
     * @param interceptor sees each request before it is sent
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    public BigQuery bigQuery(String project, URI host, String setting, HttpExecuteInterceptor interceptor) {
        HttpRequestInitializer initializer = initializer(host, setting, interceptor);
        HttpTransportOptions transportOptions =
                new HttpTransportOptions(HttpTransportOptions.newBuilder().setHttpTransportFactory(() -> transport)) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
                        return initializer;
                    }
                };
        return BigQueryOptions.newBuilder()
                .setProjectId(project)
                .setHost(host.toString())
                .setCredentials(NoCredentials.getInstance()) // the initializer has them
                .setTransportOptions(transportOptions)
                .setRetrySettings(ApiCall.RETRY_RULE.settings())
                .setResultRetryAlgorithm(ApiCall.RETRY_RULE)
                .build()
                .getService();
    }

    /**
     * Creates a client of Pub/Sub; makes no call.
     *
     * @param setting the name of the setting that the host comes from
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    public Pubsub pubSub(URI host, String setting) {
        return new Pubsub.Builder(transport, GsonFactory.getDefaultInstance(), initializer(host, setting, NONE))
                .setRootUrl(host.toString())
                .setApplicationName(APPLICATION)
                .build();
    }

    /**
     * Creates a client of Cloud Storage; makes no call.
     *
     * @param setting the name of the setting that the host comes from
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    public Storage cloudStorage(URI host, String setting) {
        return new Storage.Builder(transport, GsonFactory.getDefaultInstance(), initializer(host, setting, NONE))
                .setRootUrl(host.toString())
                .setApplicationName(APPLICATION)
                .build();
    }

    private HttpRequestInitializer initializer(URI host, String setting, HttpExecuteInterceptor interceptor) {
        String scheme = String.valueOf(host.getScheme()).toLowerCase(Locale.ROOT);
        boolean hasMore = host.getRawUserInfo() != null || host.getRawQuery() != null || host.getRawFragment() != null;
        if (host.getHost() == null || hasMore || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationException(
                    setting + " is not a base URL; expected https://HOST or, for an emulator, http://HOST:PORT");
        }
        HttpRequestInitializer authorization =
                scheme.equals("http") ? request -> {} : new HttpCredentialsAdapter(credentials.get());
        return request -> {
            authorize(request, authorization);
            request.setNumberOfRetries(REJECTED_TOKEN_RETRIES);
            request.setFollowRedirects(false);
            request.setInterceptor(toSend -> {
                toSend.setEncoding(null); // gzip costs more CPU than a body of a few kilobytes is worth
                interceptor.intercept(toSend);
            });
        };
    }

    private static void authorize(HttpRequest request, HttpRequestInitializer authorization) throws IOException {
        try {
            authorization.initialize(request);
        } catch (IOException e) { // its message can quote a key file
            throw new NoResponseException("no access token");
        }
    }
}
