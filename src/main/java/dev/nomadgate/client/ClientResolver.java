package dev.nomadgate.client;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one rule by which forwarded headers count.
 *
 * <p><b>Whom to believe.</b> If the TCP peer is not a trusted proxy, {@code Forwarded} and
 * {@code X-Forwarded-*} are ignored altogether: the client is the peer.
 *
 * <p><b>Which family.</b> {@code Forwarded} (RFC 7239) counts only if no {@code X-Forwarded-*} arrived
 * at all, and the two are never mixed. Nearly every proxy writes {@code X-Forwarded-*}, and passes on
 * a {@code Forwarded} that the client made up; if that one won, or filled gaps, the client would choose
 * its address. The price: a proxy that writes only {@code Forwarded} must remove {@code X-Forwarded-*}.
 *
 * <p><b>Which address.</b> The list is walked from the right. The last entry was written by the peer;
 * while an entry is a trusted proxy, the one before it was written by that proxy and is believed. The
 * first untrusted address is the client; if all are trusted, the leftmost is. An entry that is no
 * address ({@code unknown}, {@code _hidden}, a name, garbage: RFC 7239 §6) ends the walk, and the
 * proxy that reported it stands for the client. Ports behind addresses are dropped.
 *
 * <p><b>Which scheme, host and port.</b> {@code X-Forwarded-Proto}, {@code -Host} and {@code -Port} are
 * not in step with {@code X-Forwarded-For}, so the last value counts, the nearest proxy's. Of
 * {@code Forwarded} it is the leftmost element that a trusted proxy wrote, the one that ended the walk.
 * {@code ws} and {@code wss} are read as {@code http} and {@code https} (Traefik sends them). A value
 * that cannot be read is ignored and what the container saw stays. The port is the one written in the
 * host, else {@code X-Forwarded-Port}, else the scheme's default. A repeated {@code Host} is never
 * usable, whatever was forwarded (RFC 9112 §3.2).
 *
 * <p>Samples, trusted {@code 10.0.0.0/8}:
 * <table>
 * <caption>peer, headers and result</caption>
 * <tr><th>peer</th><th>headers</th><th>client</th><th>via</th></tr>
 * <tr><td>203.0.113.9</td><td>X-Forwarded-For: 1.1.1.1</td><td>203.0.113.9</td><td></td></tr>
 * <tr><td>10.0.0.1</td><td>X-Forwarded-For: 203.0.113.9</td><td>203.0.113.9</td><td>10.0.0.1</td></tr>
 * <tr><td>10.0.0.1</td><td>X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.2</td>
 *     <td>203.0.113.9</td><td>10.0.0.2, 10.0.0.1</td></tr>
 * <tr><td>10.0.0.1</td><td>X-Forwarded-For: 203.0.113.9, unknown</td><td>10.0.0.1</td><td></td></tr>
 * <tr><td>10.0.0.1</td><td>X-Forwarded-For: 10.0.0.3, 10.0.0.2</td>
 *     <td>10.0.0.3</td><td>10.0.0.2, 10.0.0.1</td></tr>
 * <tr><td>10.0.0.1</td><td>Forwarded: for=1.1.1.1<br>X-Forwarded-For: 203.0.113.9</td>
 *     <td>203.0.113.9</td><td>10.0.0.1</td></tr>
 * <tr><td>10.0.0.1</td><td>Forwarded: for="[2001:db8::1]:4711";proto=https;host=gate.example</td>
 *     <td>2001:db8::1</td><td>10.0.0.1</td></tr>
 * </table>
 *
 * <p>No input makes it throw or ask DNS.
 */
public final class ClientResolver {

    private static final InetAddress NO_ADDRESS = IpLiteral.address(new byte[4]);

    private final AddressRanges trustedProxies;

    /** @param trustedProxies the peers whose forwarded headers count */
    public ClientResolver(AddressRanges trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /**
     * Resolves one request. A peer without an IP address (a Unix socket) is never trusted and becomes
     * {@code 0.0.0.0}.
     */
    public Client resolve(Arrival arrival) {
        Optional<InetAddress> peer = peer(arrival.peerAddress());
        if (!trusts(peer)) {
            return client(arrival, new Walk(peer.orElse(NO_ADDRESS), List.of(), -1), Claims.NONE);
        }
        return arrival.hasXForwarded() ? fromXForwarded(arrival, peer.get()) : fromForwarded(arrival, peer.get());
    }

    /**
     * Whether the TCP peer is one whose word counts.
     *
     * @param peerAddress as the container tells it; may be null
     */
    public boolean trusts(String peerAddress) {
        return peerAddress != null && trusts(peer(peerAddress));
    }

    private boolean trusts(Optional<InetAddress> peer) {
        return peer.isPresent() && trustedProxies.contains(peer.get());
    }

    private Client fromXForwarded(Arrival arrival, InetAddress peer) {
        Walk walk = walk(peer, entries(arrival.xForwardedFor()), ForwardedElement::node);
        return client(arrival, walk, new Claims(last(arrival.xForwardedProto()),
                last(arrival.xForwardedHost()), last(arrival.xForwardedPort())));
    }

    private Client fromForwarded(Arrival arrival, InetAddress peer) {
        List<ForwardedElement> elements = ForwardedElement.parse(arrival.forwarded());
        Walk walk = walk(peer, elements, ForwardedElement::address);
        if (walk.end() < 0) {
            return client(arrival, walk, Claims.NONE);
        }
        ForwardedElement end = elements.get(walk.end());
        return client(arrival, walk, new Claims(end.proto(), end.host(), ""));
    }

    /** From the right; each entry is read only after the one that wrote it was found trusted. */
    private <T> Walk walk(InetAddress peer, List<T> reported, Function<T, Optional<InetAddress>> read) {
        Deque<InetAddress> via = new ArrayDeque<>();
        InetAddress current = peer;
        int end = -1;
        for (int i = reported.size() - 1; i >= 0 && trustedProxies.contains(current); i--) {
            end = i;
            Optional<InetAddress> next = read.apply(reported.get(i));
            if (next.isEmpty()) {
                break;
            }
            via.addFirst(current);
            current = next.get();
        }
        return new Walk(current, List.copyOf(via), end);
    }

    private static Client client(Arrival arrival, Walk walk, Claims claims) {
        String scheme = scheme(claims.proto()).or(() -> scheme(arrival.scheme())).orElse("http");
        Optional<Authority> received = arrival.host().size() == 1
                ? authority(arrival.host().get(0))
                : Optional.empty();
        Optional<Authority> called = arrival.host().size() > 1
                ? Optional.empty()
                : authority(claims.host()).or(() -> received);
        int port = called.map(Authority::port).filter(written -> written > 0)
                .or(() -> port(claims.port()))
                .or(() -> called.isEmpty() ? port(String.valueOf(arrival.localPort())) : Optional.empty())
                .orElse(Authority.defaultPort(scheme));
        return new Client(walk.client(), scheme, called.map(Authority::host).orElse(""), port, walk.via(),
                received.map(Authority::host).orElse(""), called.isPresent() ? "" : fault(arrival.host()));
    }

    private static String fault(List<String> host) {
        if (host.isEmpty()) {
            return "the Host header is missing";
        }
        if (host.size() > 1) {
            return "the Host header is repeated";
        }
        try {
            Authority.parse(host.get(0));
            return "";
        } catch (IllegalArgumentException e) {
            return "the Host header " + Shown.quote(host.get(0)) + " cannot be used: " + e.getMessage();
        }
    }

    /** The container's own text: brackets and a zone id are its habit, not a client's trick. */
    private static Optional<InetAddress> peer(String text) {
        int zone = text.indexOf('%');
        return IpLiteral.parse(zone < 0 ? text : text.substring(text.startsWith("[") ? 1 : 0, zone));
    }

    private static Optional<String> scheme(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> Optional.of("http");
            case "https", "wss" -> Optional.of("https");
            default -> Optional.empty();
        };
    }

    private static Optional<Authority> authority(String text) {
        return read(text, Authority::parse);
    }

    private static Optional<Integer> port(String text) {
        return read(text, Authority::port);
    }

    private static <T> Optional<T> read(String text, Function<String, T> reader) {
        if (text.isEmpty()) {
            // The usual case, for which an exception would cost more than all the rest.
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The entries of a list field over all its lines; empty ones do not count (RFC 9110 §5.6.1.2). */
    private static List<String> entries(List<String> lines) {
        List<String> entries = new ArrayList<>();
        for (String line : lines) {
            for (String part : line.split(",")) {
                String entry = part.strip();
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static String last(List<String> lines) {
        List<String> entries = entries(lines);
        return entries.isEmpty() ? "" : entries.get(entries.size() - 1);
    }

    /** Where a walk ended: the client, the proxies after it, and the index of the last entry looked at. */
    private record Walk(InetAddress client, List<InetAddress> via, int end) {
    }

    /** What the believed proxy says, as text; empty if nothing. */
    private record Claims(String proto, String host, String port) {
        static final Claims NONE = new Claims("", "", "");
    }
}
