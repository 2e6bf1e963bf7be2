package dev.nomadgate.upstream.tls;

import dev.nomadgate.config.TlsConfig;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Explains the failures for which the JDK has no type, only text: alerts from the server, and an
 * answer that is not TLS. The words are those of Java 17 to 25; unknown ones are passed on.
 */
final class HandshakeFailure {

    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern NOT_TLS =
            Pattern.compile("(?i)(unrecognized|unsupported).*(SSL|TLS) (message|record)|plaintext connection");
    private static final Pattern HUNG_UP = Pattern.compile("Abruptly closed|terminated the handshake");
    private static final Pattern RESET = Pattern.compile("Connection reset|Broken pipe");
    private static final Set<String> ABOUT_OUR_CERTIFICATE = Set.of("certificate_required", "bad_certificate",
            "unsupported_certificate", "certificate_revoked", "certificate_expired", "certificate_unknown",
            "unknown_ca", "access_denied");
    private static final Set<String> NOTHING_IN_COMMON =
            Set.of("handshake_failure", "protocol_version", "insufficient_security");

    private HandshakeFailure() {
    }

    /** Whether the server closed the connection, and said nothing. */
    static boolean hungUp(SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        return HUNG_UP.matcher(message).find() || RESET.matcher(message).find();
    }

    static String explain(SSLException failure, String expected, TlsConfig config) {
        String message = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return alert(alert.group(1), expected, config);
        }
        if (NOT_TLS.matcher(message).find()) {
            return "Nomad's server answered without TLS although its address says https. Write http:// in its "
                    + "address, or switch TLS on in Nomad (tls { http = true }), or correct the port: 4646 is "
                    + "Nomad's HTTP API.";
        }
        if (HUNG_UP.matcher(message).find()) {
            return "Nomad's server closed the connection in the middle of the TLS handshake. Look at the port in its "
                    + "address (4646 is Nomad's HTTP API, 4647 is not) and at what its log says of this connection.";
        }
        return "TLS with Nomad's server failed (" + Words.clean(message) + "). " + expectation(expected, config);
    }

    private static String alert(String alert, String expected, TlsConfig config) {
        if (ABOUT_OUR_CERTIFICATE.contains(alert)) {
            return ourCertificate(alert, config);
        }
        if (alert.equals("unrecognized_name")) {
            return "The server does not go by the name " + Words.clean(expected) + ". Set " + TlsSettings.SERVER_NAME
                    + " (NOMAD_TLS_SERVER_NAME) to its name, server.<region>.nomad as a rule.";
        }
        if (NOTHING_IN_COMMON.contains(alert)) {
            return "Nomad's server and the gate found no TLS version and cipher in common (alert " + alert + "). The "
                    + "gate speaks TLS 1.2 and 1.3 with forward secrecy: see tls_min_version and tls_cipher_suites "
                    + "in Nomad's configuration." + maybeOurCertificate(alert, config);
        }
        return "Nomad's server broke the TLS handshake off (alert " + alert + "). " + expectation(expected, config);
    }

    /** RFC 5246 section 7.4.6 lets a TLS 1.2 server answer a missing client certificate with this alert, too. */
    private static String maybeOurCertificate(String alert, TlsConfig config) {
        return alert.equals("handshake_failure") && config.clientCert().isEmpty()
                ? " Otherwise: " + ourCertificate(alert, config) : "";
    }

    private static String ourCertificate(String alert, TlsConfig config) {
        return config.clientCert()
                .map(file -> "Nomad's server refused the gate's client certificate in " + file + " (alert " + alert
                        + "). Set " + TlsSettings.CLIENT_CERT + " and " + TlsSettings.CLIENT_KEY + " to a certificate "
                        + "that is in date and signed by the authority in Nomad's tls.ca_file, with the "
                        + "authorities between them.")
                .orElse("Nomad's server asks for a client certificate (verify_https_client) and the gate has none "
                        + "(alert " + alert + "). Set " + TlsSettings.CLIENT_CERT + " and " + TlsSettings.CLIENT_KEY
                        + " (NOMAD_CLIENT_CERT, NOMAD_CLIENT_KEY), made with nomad tls cert create -client.");
    }

    private static String expectation(String expected, TlsConfig config) {
        Optional<String> authorities = config.caCert().map(file -> "an authority in " + file);
        return "Expected was the name " + Words.clean(expected) + ", signed by "
                + authorities.orElse("a public authority") + "; see " + TlsSettings.SERVER_NAME + " and "
                + TlsSettings.CA_CERT + ".";
    }
}
