package dev.nomadgate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of a Nomad server, read as Nomad's CLI and nginx read it. */
final class ServerAddress {

    private static final String EXAMPLE = "Write an address such as \"http://127.0.0.1:4646\".";

    private ServerAddress() {
    }

    /** Scheme and host in lower case and the port explicit, so that equal addresses are equal values. */
    static URI parse(String text) throws BadValueException {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new BadValueException("This is not an address.", EXAMPLE);
        }
        String scheme = scheme(uri);
        if (uri.getRawUserInfo() != null || authorityHas(uri, '@')) {
            throw new BadValueException("User and password in an address are not supported.",
                    "Remove what stands before the @; clients bring their own tokens.");
        }
        if (uri.getHost() == null) {
            throw new BadValueException("The host or the port cannot be read; a host name is made of letters,"
                    + " digits, dots and hyphens.", EXAMPLE);
        }
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")
                || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new BadValueException("An address has no path, query or fragment: Nomad serves from the root.",
                    "Write scheme, host and port only.");
        }
        int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > 65535) {
            throw new BadValueException("There is no such port.", "Write a port from 1 to 65535; Nomad's is 4646.");
        }
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port);
    }

    private static String scheme(URI uri) throws BadValueException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("unix")) {
            throw new BadValueException("A Unix domain socket cannot be proxied.",
                    "Write the address on which the Nomad agent listens for HTTP, such as"
                            + " \"http://127.0.0.1:4646\".");
        }
        if (uri.isOpaque() || scheme.isEmpty()) {
            throw new BadValueException("The scheme is missing.",
                    "Write http:// or https:// before the host, such as \"http://127.0.0.1:4646\".");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new BadValueException("Nomad speaks http and https only.", EXAMPLE);
        }
        return scheme;
    }

    private static boolean authorityHas(URI uri, char c) {
        return uri.getRawAuthority() != null && uri.getRawAuthority().indexOf(c) >= 0;
    }
}
