package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Commands;
import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An authority, and a server certificate (ECDSA P-256) for localhost that the proxies and the stand-in share. They live
 * as long as a run.
 *
 * @param authority PEM
 * @param certificate PEM
 * @param key PEM
 * @param bundle certificate and key, as HAProxy wants them
 * @param keyStore PKCS#12 with certificate and key
 * @param trustStore PKCS#12 with the authority
 */
public record Certificates(Path authority, Path certificate, Path key, Path bundle, Path keyStore, Path trustStore) {

    public static Certificates create(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        String[] ecKey = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"};
        run(directory, ecKey, "openssl", "req", "-x509", "-days", "30", "-subj", "/CN=bench authority",
                "-keyout", "ca.key", "-out", "ca.pem");
        run(directory, ecKey, "openssl", "req", "-subj", "/CN=localhost",
                "-keyout", "server.key", "-out", "server.csr");
        Files.writeString(directory.resolve("server.ext"),
                "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
        Commands.run(directory, "openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "30", "-extfile", "server.ext", "-out", "server.pem");
        Commands.run(directory, "openssl", "pkcs12", "-export", "-in", "server.pem", "-inkey", "server.key",
                "-certfile", "ca.pem", "-name", "server", "-passout", "pass:" + Tls.PASSWORD, "-out", "server.p12");
        Commands.run(directory, "keytool", "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.pem",
                "-storetype", "PKCS12", "-storepass", Tls.PASSWORD, "-keystore", "ca.p12");
        Files.writeString(directory.resolve("bundle.pem"),
                Files.readString(directory.resolve("server.pem")) + Files.readString(directory.resolve("server.key")));
        return new Certificates(directory.resolve("ca.pem"), directory.resolve("server.pem"),
                directory.resolve("server.key"), directory.resolve("bundle.pem"),
                directory.resolve("server.p12"), directory.resolve("ca.p12"));
    }

    private static void run(Path directory, String[] last, String... first) throws IOException, InterruptedException {
        String[] command = java.util.Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, command, first.length, last.length);
        Commands.run(directory, command);
    }
}
