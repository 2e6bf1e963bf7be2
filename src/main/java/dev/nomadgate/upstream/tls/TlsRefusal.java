package dev.nomadgate.upstream.tls;

import dev.nomadgate.config.TlsConfig;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a TLS connection to Nomad did not come about, in words an operator can act on. */
public final class TlsRefusal {

    private static final int DEEPEST = 32;

    private TlsRefusal() {
    }

    /**
     * Explains a failed request. The answer is plain text of one paragraph: what was expected, what
     * the server presented, which setting to change. It holds no secret, but names that the server
     * chose: escape it for a web page.
     *
     * @param failure what the client reported, with its causes
     * @param host the host in the server's address; what was expected there unless {@code
     *     server-name} is set
     * @return empty if TLS was not what failed
     */
    public static Optional<String> explain(Throwable failure, String host, TlsConfig config) {
        List<Throwable> causes = causes(failure);
        String expected = config.serverName().orElse(host);
        Optional<String> certificate = first(causes, ServerRefusedException.class)
                .map(refused -> certificate(refused, expected, config));
        return certificate.or(() -> first(causes, SSLException.class)
                .map(ssl -> HandshakeFailure.explain(ssl, expected, config)));
    }

    /** Whether TLS, if it had a part in the failure, had no reason to fail but that the server closed the connection. */
    public static boolean withoutReason(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return first(causes, ServerRefusedException.class).isEmpty()
                && first(causes, SSLException.class).map(HandshakeFailure::hungUp).orElse(true);
    }

    private static String certificate(ServerRefusedException refused, String expected, TlsConfig config) {
        X509Certificate server = refused.presented().get(0);
        return switch (refused.reason()) {
            case NAME -> name(server, expected, config);
            case AUTHORITY -> authority(refused, config);
            case EXPIRED, NOT_YET_VALID -> dates(refused);
            case OTHER -> "The certificate of Nomad's server, " + Words.subject(server) + ", cannot be used: "
                    + Words.clean(refused.getMessage()) + ". Give that server another one, as nomad tls cert create "
                    + "-server makes it.";
        };
    }

    private static String name(X509Certificate server, String expected, TlsConfig config) {
        String whence = config.serverName().isPresent()
                ? " (" + TlsSettings.SERVER_NAME + ")" : " (the host in the server's address)";
        return "The certificate of Nomad's server is for " + Words.names(server) + ", but " + Words.clean(expected)
                + whence + " was expected. Set " + TlsSettings.SERVER_NAME + " (NOMAD_TLS_SERVER_NAME) to a name that "
                + "all servers' certificates have, server.<region>.nomad as a rule.";
    }

    private static String authority(ServerRefusedException refused, TlsConfig config) {
        List<X509Certificate> presented = refused.presented();
        X509Certificate last = presented.get(presented.size() - 1);
        String expected = config.caCert()
                .map(file -> "the authorities in " + file + " (" + TlsSettings.CA_CERT + "): "
                        + Words.subjects(refused.trusted()))
                .orElse("the public authorities that Java trusts (" + TlsSettings.CA_CERT + " is not set)");
        boolean namesake = refused.trusted().stream()
                .anyMatch(ca -> ca.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        return "The certificate of Nomad's server, " + Words.subject(presented.get(0)) + ", is signed by "
                + Words.issuer(last) + ", which is not one of " + expected + ". "
                + (namesake ? "One of them has that name but another key: the authority was made anew. " : "")
                + "Set " + TlsSettings.CA_CERT + " (NOMAD_CACERT) to the certificate of the authority that signed "
                + "Nomad's. If that authority is not yours, another server answers at this address.";
    }

    private static String dates(ServerRefusedException refused) {
        for (X509Certificate certificate : refused.presented()) {
            Optional<String> when = Words.outOfDate(certificate);
            if (when.isPresent()) {
                return "The certificate " + Words.subject(certificate) + " that Nomad's server presented "
                        + when.get() + ". Renew it on that server; if it is in order, set the gate's clock.";
            }
        }
        return "A certificate that Nomad's server presented was outside its dates. Try again.";
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable t = failure; t != null && causes.size() < DEEPEST; t = t.getCause()) {
            causes.add(t);
        }
        return causes;
    }
}
