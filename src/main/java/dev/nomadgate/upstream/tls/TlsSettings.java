package dev.nomadgate.upstream.tls;

/** The settings as operators know them, for messages. */
final class TlsSettings {

    private static final String PREFIX = "nomad-gate.tls.";

    static final String CA_CERT = PREFIX + "ca-cert";
    static final String CLIENT_CERT = PREFIX + "client-cert";
    static final String CLIENT_KEY = PREFIX + "client-key";
    static final String SERVER_NAME = PREFIX + "server-name";
    static final String SKIP_VERIFY = PREFIX + "skip-verify";

    private TlsSettings() {
    }
}
