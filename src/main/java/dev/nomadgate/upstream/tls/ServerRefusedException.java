package dev.nomadgate.upstream.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The JDK's verdict on a server's certificate, with what is needed to explain it. */
final class ServerRefusedException extends CertificateException {

    private static final long serialVersionUID = 1;

    /** What the server's certificate failed at. */
    enum Reason { EXPIRED, NOT_YET_VALID, AUTHORITY, NAME, OTHER }

    private final Reason reason;
    private final transient List<X509Certificate> presented;
    private final transient List<X509Certificate> trusted;

    /** Keeps the verdict's own cause, by which the JDK chooses the alert it sends to the server. */
    ServerRefusedException(Reason reason, List<X509Certificate> presented, List<X509Certificate> trusted,
            CertificateException verdict) {
        super(verdict.getMessage(), verdict.getCause());
        this.reason = reason;
        this.presented = presented;
        this.trusted = trusted;
    }

    Reason reason() {
        return reason;
    }

    /** The server's chain, its own certificate first. */
    List<X509Certificate> presented() {
        return presented;
    }

    /** The authorities that were accepted. */
    List<X509Certificate> trusted() {
        return trusted;
    }
}
