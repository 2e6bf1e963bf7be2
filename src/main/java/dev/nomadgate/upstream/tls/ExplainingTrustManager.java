package dev.nomadgate.upstream.tls;

import dev.nomadgate.upstream.tls.ServerRefusedException.Reason;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Leaves every verdict to the JDK's trust manager, the check of the server's name included, and
 * adds to a refusal what it was about. The reason is found by asking again in part, not by reading
 * messages, which differ between versions of Java.
 */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager judge;

    ExplainingTrustManager(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw explained(chain, authType, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw explained(chain, authType, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw explained(chain, authType, e);
        }
    }

    private ServerRefusedException explained(X509Certificate[] chain, String authType, CertificateException verdict) {
        return new ServerRefusedException(reason(chain, authType, verdict), List.of(chain),
                List.of(judge.getAcceptedIssuers()), verdict);
    }

    private Reason reason(X509Certificate[] chain, String authType, CertificateException verdict) {
        try {
            for (X509Certificate certificate : chain) {
                certificate.checkValidity();
            }
            // Without the engine the JDK judges the chain alone: what passes now failed by its name.
            judge.checkServerTrusted(chain, authType);
            return Reason.NAME;
        } catch (CertificateExpiredException e) {
            return Reason.EXPIRED;
        } catch (CertificateNotYetValidException e) {
            return Reason.NOT_YET_VALID;
        } catch (CertificateException e) {
            boolean path = verdict.getCause() instanceof CertPathBuilderException
                    || verdict.getCause() instanceof CertPathValidatorException;
            return path ? Reason.AUTHORITY : Reason.OTHER;
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notAServer();
    }

    private static CertificateException notAServer() {
        return new CertificateException("only for connections to Nomad");
    }
}
