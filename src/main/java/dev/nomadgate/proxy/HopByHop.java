package dev.nomadgate.proxy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Header fields that concern one connection only and are not forwarded: the fixed ones, and those
 * that the message's own {@code Connection} field nominates (RFC 9110 §7.6.1).
 *
 * @param nominated lower-case names
 */
public record HopByHop(Set<String> nominated) {

    private static final Set<String> FIXED = Set.of(
            "connection",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** @param connection the values of the message's {@code Connection} fields */
    public static HopByHop of(List<String> connection) {
        if (connection.isEmpty()) {
            return new HopByHop(Set.of());
        }
        Set<String> nominated = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",")) {
                nominated.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new HopByHop(Collections.unmodifiableSet(nominated));
    }

    /** Whether the field of this lower-case name concerns one connection in every message. */
    static boolean isFixed(String name) {
        return FIXED.contains(name);
    }

    /** Whether the field of this name must not be forwarded. */
    public boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FIXED.contains(lower) || nominated.contains(lower);
    }
}
