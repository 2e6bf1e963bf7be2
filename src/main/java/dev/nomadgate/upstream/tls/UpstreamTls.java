package dev.nomadgate.upstream.tls;

import dev.nomadgate.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS towards Nomad, from the settings to what Jetty's client connects with. It changes nothing
 * that belongs to the JVM: no provider, no default context, no system property.
 */
public final class UpstreamTls {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamTls.class);

    private final List<TlsMistake> mistakes = new ArrayList<>();
    private final TlsConfig config;

    private UpstreamTls(TlsConfig config) {
        this.config = config;
    }

    /**
     * Reads the files and makes a factory, not started yet, for Jetty's {@code ClientConnector}. It
     * speaks TLS 1.3 and 1.2; it expects {@code server-name}, else the host connected to, in the
     * server's certificate and sends it as SNI unless it is an address; it presents the client
     * certificate to a server that asks for one. Under {@code skip-verify} it accepts anything and
     * says so in the log, once.
     *
     * @throws TlsConfigException if a setting cannot be used; it lists all that is wrong
     */
    public static SslContextFactory.Client clientFactory(TlsConfig config) throws TlsConfigException {
        return new UpstreamTls(config).build();
    }

    /**
     * What is wrong with the files that the settings name, in the order of the settings; empty if
     * nothing is. Lets whoever reads the configuration tell it along with all other mistakes.
     */
    public static List<TlsMistake> checkFiles(TlsConfig config) {
        UpstreamTls tls = new UpstreamTls(config);
        tls.authorities();
        tls.identity();
        return List.copyOf(tls.mistakes);
    }

    private SslContextFactory.Client build() throws TlsConfigException {
        checkServerName();
        checkPair();
        List<X509Certificate> authorities = authorities();
        Optional<ClientIdentity> identity = identity();
        if (!mistakes.isEmpty()) {
            throw new TlsConfigException(mistakes);
        }
        identity.ifPresent(this::warnOfDates);
        SslContextFactory.Client factory = new NamedClientFactory(config.serverName());
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setEndpointIdentificationAlgorithm("HTTPS");
        factory.setSslContext(context(authorities, identity));
        return factory;
    }

    private void checkServerName() {
        config.serverName().filter(name -> !ServerName.isPossible(ServerName.canonical(name)))
                .ifPresent(name -> mistakes.add(new TlsMistake(TlsSettings.SERVER_NAME, name,
                        "this can be no name in a certificate, neither DNS name nor address",
                        "give a name of the servers' certificates, server.<region>.nomad as a rule")));
    }

    private List<X509Certificate> authorities() {
        return read(TlsSettings.CA_CERT, config.caCert(), Certificates::read).orElse(List.of());
    }

    private void checkPair() {
        if (config.clientCert().isPresent() != config.clientKey().isPresent()) {
            boolean certificate = config.clientCert().isPresent();
            mistakes.add(new TlsMistake(certificate ? TlsSettings.CLIENT_KEY : TlsSettings.CLIENT_CERT, "(not set)",
                    "a client certificate and its key are of use only together",
                    "set it, or remove " + (certificate ? TlsSettings.CLIENT_CERT : TlsSettings.CLIENT_KEY)));
        }
    }

    private Optional<ClientIdentity> identity() {
        var chain = read(TlsSettings.CLIENT_CERT, config.clientCert(), Certificates::read);
        var key = read(TlsSettings.CLIENT_KEY, config.clientKey(), PrivateKeys::read);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return read(TlsSettings.CLIENT_KEY, config.clientKey(),
                file -> ClientIdentity.of(chain.get(), key.get(), config.clientCert().orElseThrow()));
    }

    private <T> Optional<T> read(String setting, Optional<Path> file, Reader<T> reader) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(file.get()));
        } catch (UnusableFile e) {
            mistakes.add(e.in(setting, file.get()));
            return Optional.empty();
        }
    }

    private void warnOfDates(ClientIdentity identity) {
        Words.outOfDate(identity.certificate()).ifPresent(when -> LOG.warn(
                "{} = {}: the client certificate {}; Nomad will refuse it where it asks for one",
                TlsSettings.CLIENT_CERT, config.clientCert().orElseThrow(), when));
    }

    private SSLContext context(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {
        try {
            KeyManager[] keys = identity.map(SingleKeyManager::new).stream().toArray(KeyManager[]::new);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust(authorities)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java cannot do TLS", e);
        }
    }

    private X509ExtendedTrustManager trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (config.skipVerify()) {
            LOG.warn("{} = true: ANY certificate is accepted from Nomad's servers. Whoever can get between the gate "
                    + "and Nomad can read and change everything, tokens included. Remove it and set {} instead.",
                    TlsSettings.SKIP_VERIFY, TlsSettings.CA_CERT);
            return new AcceptingTrustManager();
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : store(authorities));
        return Stream.of(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance)
                .map(manager -> new ExplainingTrustManager((X509ExtendedTrustManager) manager))
                .findFirst().orElseThrow(() -> new GeneralSecurityException("no X.509 trust manager"));
    }

    private static KeyStore store(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        return store;
    }

    private interface Reader<T> {
        T read(Path file) throws UnusableFile;
    }
}
