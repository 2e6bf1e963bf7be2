package dev.nomadgate.upstream.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Certificates in words. What stands in them is the peer's to choose, so it is shortened and freed
 * of control characters; whoever puts it in a web page still has to escape it.
 */
final class Words {

    private static final int LONGEST = 120;
    private static final int MOST = 6;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Words() {
    }

    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    /** The names a server may go by with this certificate; its subject where it lists none. */
    static String names(X509Certificate certificate) {
        List<String> names = alternativeNames(certificate).stream()
                .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                .map(name -> clean(String.valueOf(name.get(1)))).toList();
        return names.isEmpty() ? "no host name, only " + subject(certificate) : some(names);
    }

    static String subjects(List<X509Certificate> certificates) {
        return some(certificates.stream().map(Words::subject).toList());
    }

    /** "expired on …" or "is valid only from …"; empty while the certificate is valid. */
    static Optional<String> outOfDate(X509Certificate certificate) {
        Instant now = Instant.now();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("expired on " + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("is valid only from " + certificate.getNotBefore().toInstant());
        }
        return Optional.empty();
    }

    static String clean(String foreign) {
        String printable = String.valueOf(foreign).replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
    }

    /** The common name, which is what tells Nomad's authorities apart; else the whole name. */
    private static String name(X500Principal principal) {
        String name = principal.getName();
        try {
            for (Rdn part : new LdapName(name).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return '"' + clean(part.toString()) + '"';
                }
            }
        } catch (InvalidNameException e) {
            // shown as it is
        }
        return '"' + clean(name) + '"';
    }

    private static String some(List<String> words) {
        String listed = words.stream().limit(MOST).collect(Collectors.joining(", "));
        return words.size() <= MOST ? listed : listed + " and " + (words.size() - MOST) + " more";
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            return Stream.ofNullable(certificate.getSubjectAlternativeNames()).flatMap(Collection::stream).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
