package dev.nomadgate.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS towards Nomad. The names follow the variables of Nomad's own CLI.
 *
 * @param caCert PEM bundle of the authorities that may sign a server's certificate
 *     ({@code NOMAD_CACERT}); empty: those the JDK trusts
 * @param clientCert PEM chain that the gate presents ({@code NOMAD_CLIENT_CERT}); present exactly
 *     when {@code clientKey} is
 * @param clientKey PEM private key, PKCS#8, PKCS#1 or SEC1 ({@code NOMAD_CLIENT_KEY})
 * @param serverName the name expected in a server's certificate, and sent as SNI, instead of the
 *     host in its address ({@code NOMAD_TLS_SERVER_NAME})
 * @param skipVerify accept any certificate ({@code NOMAD_SKIP_VERIFY}); for experiments only
 */
public record TlsConfig(
        Optional<Path> caCert,
        Optional<Path> clientCert,
        Optional<Path> clientKey,
        Optional<String> serverName,
        boolean skipVerify) {

    /** The files that are named. */
    public List<Path> files() {
        return Stream.of(caCert, clientCert, clientKey).flatMap(Optional::stream).toList();
    }
}
