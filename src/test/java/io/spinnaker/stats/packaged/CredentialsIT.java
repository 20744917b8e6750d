package io.spinnaker.stats.packaged;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Application Default Credentials over TLS, from the metadata server and from a key file. */
class CredentialsIT {

    private static final String PASSWORD = "changeit";
    private static final int MAX_TRIES = 5;
    private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";

    @TempDir
    Path folder;

    private WireMockServer google;

    @BeforeEach
    void start() throws Exception {
        Path keys = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        google = new WireMockServer(options()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(keys.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        google.start();
        google.stubFor(post(urlPathEqualTo(BigQueryStub.INSERT_ALL)).willReturn(okJson("{}")));
    }

    @AfterEach
    void stop() {
        google.stop();
    }

    @Test
    void usesATokenOfTheMetadataServer() throws Exception {
        startMetadataServer();
        storesWith("Bearer from-metadata", metadataServer());
    }

    /** A cold start that needs two APIs waits for one token only. */
    @Test
    void sharesOneTokenBetweenBigQueryAndPubSub() throws Exception {
        startMetadataServer();
        google.stubFor(post(urlPathEqualTo(BigQueryStub.INSERT_ALL)).willReturn(notFound()));
        google.stubFor(post(urlPathEqualTo("/v1/projects/demo/topics/dead-letter:publish"))
                .withHeader("Authorization", equalTo("Bearer from-metadata"))
                .willReturn(okJson("{\"messageIds\": [\"1\"]}")));
        Map<String, String> environment = new HashMap<>(metadataServer());
        environment.put("STATS_DEAD_LETTER_TOPIC", "projects/demo/topics/dead-letter");
        environment.put("STATS_DEAD_LETTER_HOST", "https://127.0.0.1:" + google.httpsPort());
        try (PackagedService service = start(environment)) {
            postUntil(202, service);
        }
        google.verify(1, getRequestedFor(urlPathEqualTo(TOKEN)));
    }

    /** A token that was revoked or has expired by Google's clock. */
    @Test
    void refreshesARejectedToken() throws Exception {
        google.stubFor(get(urlPathEqualTo("/")).willReturn(ok().withHeader("Metadata-Flavor", "Google")));
        google.stubFor(get(urlPathEqualTo(TOKEN))
                .inScenario("tokens")
                .willSetStateTo("refused")
                .willReturn(
                        okJson("{\"access_token\":\"from-before\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")));
        google.stubFor(get(urlPathEqualTo(TOKEN))
                .inScenario("tokens")
                .whenScenarioStateIs("refused")
                .willReturn(okJson("{\"access_token\":\"from-now\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")));
        google.stubFor(post(urlPathEqualTo(BigQueryStub.INSERT_ALL))
                .withHeader("Authorization", equalTo("Bearer from-before"))
                .willReturn(unauthorized()));

        storesWith("Bearer from-now", metadataServer());
        google.verify(2, getRequestedFor(urlPathEqualTo(TOKEN)));
    }

    @Test
    void usesAKeyFile() throws Exception {
        google.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(
                        okJson("{\"access_token\":\"from-key-file\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Path keyFile = Files.writeString(folder.resolve("key.json"), """
                {"type": "service_account", "project_id": "other", "private_key_id": "1", "client_id": "1",
                 "client_email": "stats@demo.iam.gserviceaccount.com",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                 "token_uri": "http://127.0.0.1:%d/token"}
                """.formatted(key, google.port()));

        storesWith("Bearer from-key-file", Map.of("GOOGLE_APPLICATION_CREDENTIALS", keyFile.toString()));
    }

    @Test
    void reportsAMissingToken() throws Exception {
        google.stubFor(get(urlPathEqualTo("/")).willReturn(ok().withHeader("Metadata-Flavor", "Google")));
        try (PackagedService service = start(metadataServer())) {
            assertThat(service.post(Case.named("minimal").body()).statusCode()).isEqualTo(503);
            assertThat(service.endAndReadLog())
                    .anyMatch(line -> line.contains("not_stored: BigQuery unreachable, or no access token"));
        }
        google.verify(0, postRequestedFor(urlPathEqualTo(BigQueryStub.INSERT_ALL)));
    }

    private void startMetadataServer() {
        google.stubFor(get(urlPathEqualTo("/")).willReturn(ok().withHeader("Metadata-Flavor", "Google")));
        google.stubFor(get(urlPathEqualTo(TOKEN))
                .withHeader("Metadata-Flavor", equalTo("Google"))
                .willReturn(
                        okJson("{\"access_token\":\"from-metadata\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")));
    }

    private Map<String, String> metadataServer() {
        return Map.of("GCE_METADATA_HOST", "127.0.0.1:" + google.port());
    }

    private void storesWith(String authorization, Map<String, String> credentials) throws Exception {
        try (PackagedService service = start(credentials)) {
            postUntil(204, service);
            assertThat(service.endAndReadLog()).noneMatch(line -> line.contains("from-"));
        }
        google.verify(postRequestedFor(urlPathEqualTo(BigQueryStub.INSERT_ALL))
                .withHeader("Authorization", equalTo(authorization)));
        assertThat(google.findAll(anyRequestedFor(urlPathEqualTo(BigQueryStub.INSERT_ALL))))
                .allMatch(request -> request.getAbsoluteUrl().startsWith("https:"));
    }

    /** A cold JVM on a busy machine may need more than the 3 s that the first event gives it. */
    private static void postUntil(int status, PackagedService service) throws Exception {
        int tries = 0;
        while (service.post(Case.named("minimal").body()).statusCode() != status) {
            assertThat(++tries).isLessThan(MAX_TRIES);
        }
    }

    private PackagedService start(Map<String, String> credentials) throws Exception {
        Map<String, String> environment =
                new HashMap<>(PackagedService.onBigQuery("https://127.0.0.1:" + google.httpsPort()));
        environment.putAll(credentials);
        return new PackagedService(
                folder,
                environment,
                "-Djavax.net.ssl.trustStore=" + folder.resolve("keys.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
}
