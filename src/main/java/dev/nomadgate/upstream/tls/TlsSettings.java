package dev.nomadgate.upstream.tls;

/** The settings as operators know them, for messages. */
final class TlsSettings {

    static final String CA_CERT = "nomad-gate.upstream.tls.ca-cert";
    static final String CLIENT_CERT = "nomad-gate.upstream.tls.client-cert";
    static final String CLIENT_KEY = "nomad-gate.upstream.tls.client-key";
    static final String SERVER_NAME = "nomad-gate.upstream.tls.server-name";
    static final String SKIP_VERIFY = "nomad-gate.upstream.tls.skip-verify";

    private TlsSettings() {
    }
}
