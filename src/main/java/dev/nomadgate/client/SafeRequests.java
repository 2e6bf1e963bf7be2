package dev.nomadgate.client;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.URIUtil;

/** Which requests change nothing at Nomad, whoever sends them and however often. */
public final class SafeRequests {

    /** RFC 9110 §9.2.1. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");
    /** Nomad does these for any method, see {@code ClientAllocRequest} and {@code ClientGCRequest} in its sources. */
    private static final Pattern ACTIONS = Pattern.compile(
            "/v1/client/(gc|allocation(/.*)?/(restart|gc))/?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

    private SafeRequests() {
    }

    /**
     * Whether such a request changes nothing. A path that Nomad might take for one that does is judged as that.
     *
     * @param path of the target, raw
     */
    public static boolean contains(String method, String path) {
        String plain = plain(path);
        return METHODS.contains(method) && plain != null && !ACTIONS.matcher(plain).matches();
    }

    /** Go's router reads the decoded path, and sends clients from an untidy one to the tidy one. Null above the root. */
    private static String plain(String path) {
        String decoded = ESCAPE.matcher(path).replaceAll(escape -> Matcher.quoteReplacement(
                Character.toString(Integer.parseInt(escape.group(1), 16))));
        return URIUtil.normalizePath(URIUtil.compactPath(decoded));
    }
}
