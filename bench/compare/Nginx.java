import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A BigQuery that takes every row at once, over plain http and TLS, so fast that it is never the bottleneck; and the
 * metadata server that has a token for it.
 */
final class Nginx implements AutoCloseable {

    /** One process, so that ending it ends all of it. */
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

    private final int plain = Sockets.freePort();
    private final int tls = Sockets.freePort();
    private final int metadata = Sockets.freePort();
    private final Child process;

    /** The certificate is taken from where {@link Certificate} puts it, as names are relative to the configuration. */
    Nginx() throws IOException, InterruptedException {
        Path file = Files.writeString(
                Work.FOLDER.resolve("nginx.conf"),
                CONFIGURATION
                        .replace("PLAIN", String.valueOf(plain))
                        .replace("TLS", String.valueOf(tls))
                        .replace("METADATA", String.valueOf(metadata)));
        process = new Child(
                "nginx",
                new ProcessBuilder("nginx", "-p", Work.FOLDER.toString(), "-c", file.toString(), "-e", "stderr"));
        Sockets.await(tls, process);
    }

    Warehouse plain() {
        return new Warehouse("instant", "http://127.0.0.1:" + plain);
    }

    Warehouse tls() {
        return new Warehouse("instant, TLS", "https://127.0.0.1:" + tls);
    }

    /** Where Google's metadata server is looked for. */
    String metadataHost() {
        return "127.0.0.1:" + metadata;
    }

    @Override
    public void close() {
        process.close();
    }
}
