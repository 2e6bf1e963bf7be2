package dev.nomadgate.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What arrived, as the container saw it: raw header values in order, one entry a field line.
 *
 * @param peerAddress the address of the TCP peer
 * @param scheme the scheme of the connection
 * @param localPort the port it came in at
 * @param host every {@code Host} (HTTP/2: the {@code :authority})
 * @param forwarded every {@code Forwarded} (RFC 7239)
 * @param xForwardedFor every {@code X-Forwarded-For}
 * @param xForwardedProto every {@code X-Forwarded-Proto}
 * @param xForwardedHost every {@code X-Forwarded-Host}
 * @param xForwardedPort every {@code X-Forwarded-Port}
 */
public record Arrival(
        String peerAddress,
        String scheme,
        int localPort,
        List<String> host,
        List<String> forwarded,
        List<String> xForwardedFor,
        List<String> xForwardedProto,
        List<String> xForwardedHost,
        List<String> xForwardedPort) {

    /** Absent values may be {@code null}; they become empty. */
    public Arrival {
        peerAddress = Objects.requireNonNullElse(peerAddress, "");
        scheme = Objects.requireNonNullElse(scheme, "");
        host = values(host);
        forwarded = values(forwarded);
        xForwardedFor = values(xForwardedFor);
        xForwardedProto = values(xForwardedProto);
        xForwardedHost = values(xForwardedHost);
        xForwardedPort = values(xForwardedPort);
    }

    /** Whether any {@code X-Forwarded-*} says something. */
    boolean hasXForwarded() {
        return saysSomething(xForwardedFor) || saysSomething(xForwardedProto) || saysSomething(xForwardedHost)
                || saysSomething(xForwardedPort);
    }

    private static boolean saysSomething(List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static List<String> values(List<String> values) {
        if (values == null || values.isEmpty()) {
            return List.of();
        }
        List<String> present = new ArrayList<>(values);
        present.replaceAll(value -> Objects.requireNonNullElse(value, ""));
        return Collections.unmodifiableList(present);
    }
}
