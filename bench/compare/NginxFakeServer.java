package compare;

import common.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fake BigQuery that accepts every row at once, over plain HTTP and TLS. It is fast enough never to be the
 * bottleneck. It is also a fake metadata server, which issues the access token for BigQuery.
 */
final class NginxFakeServer implements AutoCloseable {

    /** Runs as a single process, so that ending this process ends all of nginx. */
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              client_max_body_size 16m;
              keepalive_requests 100000000;
              keepalive_timeout 600s;
              default_type application/json;
              server {
                listen 127.0.0.1:PLAIN backlog=4096;
                listen 127.0.0.1:TLS ssl backlog=4096;
                ssl_certificate certificate.pem;
                ssl_certificate_key key.pem;
                location / { return 200 '{"kind":"bigquery#tableDataInsertAllResponse"}'; }
              }
              server {
                listen 127.0.0.1:METADATA;
                add_header Metadata-Flavor Google always;
                location = / { return 200; }
                location = /computeMetadata/v1/instance { return 200; }
                location = /computeMetadata/v1/instance/service-accounts/default/token {
                  return 200 '{"access_token":"token","expires_in":86400,"token_type":"Bearer"}';
                }
                location / { return 404; }
              }
            }
            """;

    private final int plainPort = Sockets.freePort();
    private final int tlsPort = Sockets.freePort();
    private final int metadataPort = Sockets.freePort();
    private final Subprocess process;

    /** Needs the files of {@link SelfSignedCertificate}: nginx looks for them beside its configuration. */
    NginxFakeServer() throws IOException, InterruptedException {
        Path file = Files.writeString(
                WorkDir.PATH.resolve("nginx.conf"),
                CONFIGURATION
                        .replace("PLAIN", String.valueOf(plainPort))
                        .replace("TLS", String.valueOf(tlsPort))
                        .replace("METADATA", String.valueOf(metadataPort)));
        process = new Subprocess(
                "nginx",
                new ProcessBuilder("nginx", "-p", WorkDir.PATH.toString(), "-c", file.toString(), "-e", "stderr"));
        process.awaitListening(tlsPort);
    }

    BigQueryEndpoint plain() {
        return new BigQueryEndpoint("instant", "http://127.0.0.1:" + plainPort);
    }

    BigQueryEndpoint tls() {
        return new BigQueryEndpoint("instant, TLS", "https://127.0.0.1:" + tlsPort);
    }

    /** Returns the value of GCE_METADATA_HOST. */
    String metadataHost() {
        return "127.0.0.1:" + metadataPort;
    }

    @Override
    public void close() {
        process.close();
    }
}
