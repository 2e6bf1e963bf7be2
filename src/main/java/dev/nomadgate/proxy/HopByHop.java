package dev.nomadgate.proxy;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public static HopByHop of(Stream<String> connection) {
        return new HopByHop(connection
                .flatMap(value -> Stream.of(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
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
