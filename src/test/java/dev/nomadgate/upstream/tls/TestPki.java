package dev.nomadgate.upstream.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates in {@code src/test/resources/tls}, for every test that needs TLS. Its README.txt
 * lists them. Reads them without the code under test.
 */
public final class TestPki {

    private static final char[] NO_PASSWORD = new char[0];

    private TestPki() {
    }

    /** The authority that signed {@code server} and the clients. */
    public static Path ca() {
        return pem("ca");
    }

    /** An authority that signed none of them. */
    public static Path otherCa() {
        return pem("other-ca");
    }

    /** A client's certificate by {@link #ca()}. */
    public static Path clientCert() {
        return pem("client-ec");
    }

    /** The key of {@link #clientCert()}, in the shape in which Nomad writes keys. */
    public static Path clientKey() {
        return pem("client-ec-sec1-key");
    }

    /** A file by its name without {@code .pem}. */
    public static Path pem(String name) {
        try {
            return Path.of(TestPki.class.getResource("/tls/" + name + ".pem").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server like Nomad's own: {@code server.global.nomad}, {@code localhost}, {@code 127.0.0.1}. */
    public static SSLContext server() {
        return server("server");
    }

    /** For a server with the named certificate; asked to, it accepts clients by {@link #ca()}. */
    public static SSLContext server(String name) {
        return server(name, ca());
    }

    /** For a server of a cluster whose authority is {@link #otherCa()}, clients included. */
    public static SSLContext otherServer() {
        return server("server-foreign", otherCa());
    }

    private static SSLContext server(String name, Path clientsAuthority) {
        try {
            KeyStore own = emptyStore();
            own.setKeyEntry("server", key(pem(name + "-key")), NO_PASSWORD,
                    new Certificate[] {certificate(pem(name))});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            KeyStore authorities = emptyStore();
            authorities.setCertificateEntry("ca", certificate(clientsAuthority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(file).replaceAll("-----[^-]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
