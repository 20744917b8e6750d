package compare;

import common.HttpConnection;
import common.Service;
import common.Subprocess;
import java.nio.file.Files;
import java.util.Map;

/**
 * A running implementation.
 *
 * @param firstRowMs time from the start of the process to its first stored row
 */
record Server(int port, Subprocess process, double firstRowMs) implements AutoCloseable {

    /** Returns once the process has stored its first row. */
    static Server start(Implementation implementation, String bigQueryUrl, String metadataHost) throws Exception {
        int port = Subprocess.freePort();
        ProcessBuilder command = Service.command(implementation.command(), port, bigQueryUrl);
        String certificate = Compare.WORK.resolve("certificate.pem").toString();
        command.environment()
                .putAll(Map.of( // the settings of the peers; each reads those that it knows
                        "GCE_METADATA_HOST", metadataHost,
                        "BIGQUERY_PROJECT", Service.PROJECT,
                        "BIGQUERY_HOST", bigQueryUrl,
                        "SSL_CERT_FILE", certificate,
                        "NODE_EXTRA_CA_CERTS", certificate,
                        "NODE_ENV", "production"));
        byte[] event = Files.readAllBytes(Service.TYPICAL_PAYLOAD);
        long started = System.nanoTime();
        Subprocess process = new Subprocess(command, Compare.WORK.resolve(implementation.name() + ".log"));
        try (HttpConnection connection = process.connect(port)) {
            connection.store(event);
        } catch (Exception e) {
            process.close();
            throw e;
        }
        return new Server(port, process, (System.nanoTime() - started) / 1e6);
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
