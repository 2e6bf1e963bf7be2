package dev.nomadgate.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Undeployed, the gate leaves nothing behind: what belongs to the JVM is as it was. */
class NothingJvmWideTest {

    private record Jvm(List<Object> providers, SSLContext context, Object socketFactory, Object hostnameVerifier,
            Properties properties) {

        static Jvm now() throws Exception {
            return new Jvm(List.of((Object[]) Security.getProviders()), SSLContext.getDefault(),
                    HttpsURLConnection.getDefaultSSLSocketFactory(), HttpsURLConnection.getDefaultHostnameVerifier(),
                    (Properties) System.getProperties().clone());
        }
    }

    @Test
    void isChangedByACall() throws Exception {
        try (TlsServer server = TlsServer.with("server", demands -> demands.setNeedClientAuth(true))) {
            Jvm before = Jvm.now();

            Gate gate = Gate.trusting("ca").presenting("client-rsa", "client-rsa-pkcs1-key");
            assertThat(gate.call(server.url("localhost"))).isEqualTo("200");
            gate.skippingVerification().call(server.url("localhost"));

            assertThat(Jvm.now()).isEqualTo(before);
        }
    }

    /** Registered once per JVM, by whichever test came first: seen only by whose class loader it is. */
    @Test
    void holdsAClassOfTheGate() throws Exception {
        UpstreamTls.clientFactory(Gate.trusting("ca").presenting("client-ec", "client-ec-sec1-key").config());

        assertThat(Security.getProviders()).extracting(provider -> provider.getClass().getClassLoader())
                .doesNotContain(UpstreamTls.class.getClassLoader());
    }
}
