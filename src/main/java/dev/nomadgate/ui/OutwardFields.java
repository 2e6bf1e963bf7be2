package dev.nomadgate.ui;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header fields of Nomad's answers that hold addresses, as the gate's client can follow them. What names neither a
 * path nor Nomad's server stays byte for byte.
 *
 * @param context where the gate is
 */
public record OutwardFields(ContextPath context) {

    private static final Pattern ABSOLUTE = Pattern.compile("(?<scheme>[^:/?#]+)://(?<authority>[^/?#]*)(?<rest>.*)");
    /** What browsers take for the beginning of an authority (WHATWG URL, "relative slash state"). */
    private static final Pattern ANOTHER_HOST = Pattern.compile("/[\\t\\r\\n]*[/\\\\]");
    /** As browsers read it: HTML, "shared declarative refresh steps". */
    private static final Pattern REFRESH = Pattern.compile(
            "(?<start>\\s*[0-9.]+(?:\\s*[;,]\\s*|\\s+)(?:url\\s*=\\s*)?(?<quote>['\"]?))(?<rest>.*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COOKIE_PATH = Pattern.compile("(;\\s*path\\s*=\\s*)(?=/)", Pattern.CASE_INSENSITIVE);
    /** Browsers take such a cookie with the path / only. */
    private static final String HOST_COOKIE = "__Host-";

    /**
     * The field's value for the client.
     *
     * @param name of the field, in lower case
     * @param server whose answer it is
     */
    public String rewrite(String name, String value, URI server) {
        return switch (name) {
            case "location", "content-location" -> location(value, server);
            case "refresh" -> context.isRoot() ? value : refresh(value, server);
            case "set-cookie" -> context.isRoot() ? value : cookie(value);
            default -> value;
        };
    }

    /** Cut, not parsed: what follows the authority is none of the gate's business. */
    private String location(String location, URI server) {
        if (location.startsWith("/") && !location.startsWith("//")) {
            return context.prefix(location);
        }
        Matcher matcher = ABSOLUTE.matcher(location);
        if (!matcher.matches() || !names(matcher.group("scheme"), matcher.group("authority"), server)) {
            return location;
        }
        String rest = matcher.group("rest");
        if (!rest.startsWith("/")) {
            return context.prefix("/" + rest);
        }
        return context.isRoot() && ANOTHER_HOST.matcher(rest).lookingAt() ? "/." + rest : context.prefix(rest);
    }

    private static boolean names(String scheme, String authority, URI server) {
        int defaultPort = "https".equals(server.getScheme()) ? 443 : 80;
        return server.getScheme().equalsIgnoreCase(scheme)
                && (authority.equalsIgnoreCase(server.getRawAuthority())
                        || server.getPort() == defaultPort && authority.equalsIgnoreCase(server.getHost()));
    }

    private String refresh(String refresh, URI server) {
        Matcher matcher = REFRESH.matcher(refresh);
        if (!matcher.matches()) {
            return refresh;
        }
        String quote = matcher.group("quote");
        String rest = matcher.group("rest");
        int end = quote.isEmpty() ? -1 : rest.indexOf(quote);
        String url = end < 0 ? rest : rest.substring(0, end);
        return matcher.group("start") + location(url, server) + rest.substring(url.length());
    }

    private String cookie(String cookie) {
        return cookie.stripLeading().regionMatches(true, 0, HOST_COOKIE, 0, HOST_COOKIE.length())
                ? cookie
                : COOKIE_PATH.matcher(cookie).replaceAll("$1" + Matcher.quoteReplacement(context.value()));
    }
}
