package dev.nomadgate.upstream.tls;

import dev.nomadgate.config.TlsConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.io.ClientConnector;

/** The gate's side of a test: settings, and one call with a real client made from them. */
record Gate(TlsConfig config) {

    static Gate trusting(String authority) {
        return new Gate(new TlsConfig(Optional.of(TestPki.pem(authority)), Optional.empty(), Optional.empty(),
                Optional.empty(), false));
    }

    static Gate trustingWhatJavaTrusts() {
        return new Gate(new TlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    Gate expecting(String serverName) {
        return new Gate(new TlsConfig(config.caCert(), config.clientCert(), config.clientKey(),
                Optional.of(serverName), config.skipVerify()));
    }

    Gate presenting(Path certificate, Path key) {
        return new Gate(new TlsConfig(config.caCert(), Optional.of(certificate), Optional.of(key),
                config.serverName(), config.skipVerify()));
    }

    Gate presenting(String certificate, String key) {
        return presenting(TestPki.pem(certificate), TestPki.pem(key));
    }

    Gate skippingVerification() {
        return new Gate(new TlsConfig(config.caCert(), config.clientCert(), config.clientKey(),
                config.serverName(), true));
    }

    /** Calls once; the status, or the explanation of why there is none. */
    String call(String url) throws Exception {
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(UpstreamTls.clientFactory(config));
        HttpClient client = new HttpClient(new HttpClientTransportDynamic(connector));
        client.start();
        try {
            var request = client.newRequest(url).timeout(10, TimeUnit.SECONDS);
            try {
                return String.valueOf(request.send().getStatus());
            } catch (ExecutionException e) {
                return TlsRefusal.explain(e, request.getHost(), config)
                        .orElseThrow(() -> new AssertionError("not explained", e));
            }
        } finally {
            client.stop();
        }
    }
}
