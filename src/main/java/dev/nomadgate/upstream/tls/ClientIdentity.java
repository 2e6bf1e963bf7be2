package dev.nomadgate.upstream.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the gate presents to a server that asks who is calling.
 *
 * @param chain the gate's certificate first, then the authorities between it and a root
 * @param key the private key of the first certificate
 */
record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] PROBE = {1, 2, 3};

    /** The first certificate, the one that belongs to the key. */
    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Pairs chain and key and proves that they belong together. */
    static ClientIdentity of(List<X509Certificate> chain, PrivateKey key, Path certFile) throws UnusableFile {
        if (belong(chain.get(0).getPublicKey(), key)) {
            return new ClientIdentity(List.copyOf(chain), key);
        }
        for (int i = 1; i < chain.size(); i++) {
            if (belong(chain.get(i).getPublicKey(), key)) {
                throw new UnusableFile("this key belongs to certificate number " + (i + 1) + " of " + certFile
                        + ", and the gate's own must be the first", "put that certificate first in "
                        + TlsSettings.CLIENT_CERT + ", then the authorities above it");
            }
        }
        throw new UnusableFile("this key does not belong to the certificate in " + certFile + ", "
                + Words.subject(chain.get(0)), "set " + TlsSettings.CLIENT_CERT + " and " + TlsSettings.CLIENT_KEY
                + " to the two files of one nomad tls cert create");
    }

    private static boolean belong(PublicKey certified, PrivateKey key) throws UnusableFile {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(signatureFor(key));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static String signatureFor(PrivateKey key) throws UnusableFile {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA" -> "EdDSA";
            default -> throw new UnusableFile("a key of kind " + key.getAlgorithm() + " is of no use here",
                    "give an EC, RSA or Ed25519 key");
        };
    }
}
