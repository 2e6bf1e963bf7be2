package dev.nomadgate.upstream.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file, in their order. */
final class Certificates {

    private Certificates() {
    }

    static List<X509Certificate> read(Path file) throws UnusableFile {
        List<PemBlock> blocks = PemBlock.read(file);
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals(PemBlock.CERTIFICATE)) {
                certificates.add(parse(block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new UnusableFile("there is no CERTIFICATE in this file, only " + PemBlock.labels(blocks),
                    "name the file with the certificate");
        }
        return certificates;
    }

    private static X509Certificate parse(PemBlock block, int number) throws UnusableFile {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new UnusableFile("certificate number " + number + " in it is damaged, it is not X.509",
                    "give the file as it was written, or make it again");
        }
    }
}
