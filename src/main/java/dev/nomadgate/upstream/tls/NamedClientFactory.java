package dev.nomadgate.upstream.tls;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Makes every TLS engine for the expected name instead of the host that is connected to.
 *
 * <p>The JDK checks the certificate against the SNI name <em>or</em> the engine's peer host: a
 * different SNI alone would only widen what is accepted. Here both are the expected name.
 */
final class NamedClientFactory extends SslContextFactory.Client {

    private static final int ANY_PORT = -1;

    private final Optional<String> expected;

    NamedClientFactory(Optional<String> expected) {
        this.expected = expected.map(ServerName::canonical);
        setSNIProvider((engine, names) -> sni(engine));
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return super.newSSLEngine(expected.orElseGet(() -> ServerName.canonical(host)), port);
    }

    /** What Jetty calls when the server's address is not one of the internet, a socket file for one. */
    @Override
    public SSLEngine newSSLEngine() {
        return expected.isPresent() ? super.newSSLEngine(expected.get(), ANY_PORT) : super.newSSLEngine();
    }

    /** The JDK's default leaves out names without a dot; Nomad's own client sends them, so does this. */
    private static List<SNIServerName> sni(SSLEngine engine) {
        return Optional.ofNullable(engine.getPeerHost()).flatMap(ServerName::sni)
                .<List<SNIServerName>>map(List::of).orElse(List.of());
    }
}
