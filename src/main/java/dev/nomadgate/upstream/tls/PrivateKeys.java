package dev.nomadgate.upstream.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads the private key of a PEM file: PKCS#8, PKCS#1 (RSA) or SEC1 (EC, as Nomad writes it). */
final class PrivateKeys {

    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String EC_PARAMETERS = "EC PARAMETERS";

    // AlgorithmIdentifiers without their SEQUENCE: rsaEncryption with NULL, id-ecPublicKey without its curve
    private static final byte[] RSA =
            {0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};
    private static final String TO_PKCS8 = "openssl pkcs8 -topk8 -nocrypt";

    private PrivateKeys() {
    }

    static PrivateKey read(Path file) throws UnusableFile {
        List<PemBlock> blocks = PemBlock.read(file);
        for (PemBlock block : blocks) {
            if (block.label().endsWith(PKCS8)) {
                return parse(block, blocks);
            }
        }
        throw new UnusableFile("there is no private key in this file, only " + PemBlock.labels(blocks),
                "name the file with the key");
    }

    private static PrivateKey parse(PemBlock key, List<PemBlock> all) throws UnusableFile {
        if (key.encrypted()) {
            throw new UnusableFile("the private key is encrypted, and the gate knows no passphrase",
                    "give the key unencrypted, readable by the gate's user only: openssl pkey -in … -out …");
        }
        try {
            return switch (key.label()) {
                case PKCS8 -> fromPkcs8(key.der());
                case PKCS1 -> fromPkcs8(Der.pkcs8(RSA, key.der()));
                case SEC1 -> fromPkcs8(Der.pkcs8(Der.join(EC, curve(key, all)), key.der()));
                default -> throw new UnusableFile("a " + key.label() + " is of no use for TLS here",
                        "give an EC, RSA or Ed25519 key");
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnusableFile("its block " + key.label() + " is damaged, or a key of a kind Java does not know",
                    "give the key as it was written, or an EC (P-256, P-384, P-521), RSA or Ed25519 key; "
                            + "openssl pkey -check -noout -in … tells which");
        }
    }

    private static byte[] curve(PemBlock key, List<PemBlock> all) throws UnusableFile {
        Optional<byte[]> own = Der.curveOf(key.der());
        if (own.isPresent()) {
            return own.get();
        }
        for (PemBlock block : all) {
            if (block.label().equals(EC_PARAMETERS)) {
                return block.der();
            }
        }
        throw new UnusableFile("the key does not name its curve", "convert it with " + TO_PKCS8);
    }

    private static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
        InvalidKeySpecException last = null;
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }
}
