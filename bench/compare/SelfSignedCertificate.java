package compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Certificate of the fake servers on 127.0.0.1. */
final class SelfSignedCertificate {

    static final String TRUST_STORE_PASSWORD = "changeit";

    private final Path pem = WorkDir.PATH.resolve("certificate.pem");
    private final Path key = WorkDir.PATH.resolve("key.pem");
    private final Path trustStore = WorkDir.PATH.resolve("trust.p12");

    SelfSignedCertificate() throws Exception {
        String options = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=127.0.0.1"
                + " -addext subjectAltName=IP:127.0.0.1";
        ProcessBuilder openssl = new ProcessBuilder("openssl");
        openssl.command().addAll(List.of(options.split(" ")));
        openssl.command().addAll(List.of("-keyout", key.toString(), "-out", pem.toString()));
        Subprocess.run("openssl", openssl);
        writeTrustStore();
    }

    private void writeTrustStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem);
                OutputStream out = Files.newOutputStream(trustStore)) {
            store.setCertificateEntry(
                    "127.0.0.1", CertificateFactory.getInstance("X.509").generateCertificate(in));
            store.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
    }

    Path pem() {
        return pem;
    }

    Path key() {
        return key;
    }

    /** Returns a trust store for Java that contains only this certificate. */
    Path trustStore() {
        return trustStore;
    }
}
