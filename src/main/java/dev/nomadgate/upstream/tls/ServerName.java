package dev.nomadgate.upstream.tls;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/** The name that a server's certificate must bear: an address, or a name that is also sent as SNI. */
final class ServerName {

    // Digits and dots cannot be a DNS name's last label, a colon cannot be in one at all.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:.*");

    private ServerName() {
    }

    /** The name without the dot that marks it as complete, which is in no certificate. */
    static String canonical(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    /** The name as SNI; empty for an address (RFC 6066 forbids it) and for what is no DNS name. */
    static Optional<SNIHostName> sni(String name) {
        if (isAddress(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether any certificate can bear this name. */
    static boolean isPossible(String name) {
        return isAddress(name) || sni(name).isPresent();
    }
}
