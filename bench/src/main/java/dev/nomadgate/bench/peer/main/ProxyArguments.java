package dev.nomadgate.bench.peer.main;

import dev.nomadgate.bench.wire.Tls;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * What a Java proxy is told.
 *
 * @param keyStore null for plain TCP
 */
record ProxyArguments(int port, int upstream, Path directory, Path keyStore, Path trustStore) {

    static ProxyArguments of(String[] args) {
        boolean tls = args.length > 3;
        return new ProxyArguments(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]),
                tls ? Path.of(args[3]) : null, tls ? Path.of(args[4]) : null);
    }

    boolean isTls() {
        return keyStore != null;
    }

    SSLContext server() {
        return Tls.server(keyStore);
    }

    SSLContext client() {
        return Tls.client(trustStore);
    }

    URI upstreamUri() {
        return URI.create((isTls() ? "https" : "http") + "://localhost:" + upstream);
    }
}
