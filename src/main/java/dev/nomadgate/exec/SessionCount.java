package dev.nomadgate.exec;

import dev.nomadgate.config.LimitsConfig;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.Refusals;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many sessions there are, in all and of each client, those whose handshake is still under way
 * included: or else a flood of handshakes would pass every limit. Thread-safe.
 */
final class SessionCount {

    /** RFC 4291 §2.5.4: what follows is the host's own choice. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Map<InetAddress, Integer> ofClient = new HashMap<>();
    private int all;

    /** Whether one more may begin. */
    sealed interface Entry {
    }

    /** Why it may not. */
    record Refused(Failure why) implements Entry {
    }

    /** It may; to be given back when the session is over, once or more. */
    final class Place implements Entry {

        private final InetAddress client;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(InetAddress client) {
            this.client = client;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                SessionCount.this.leave(client);
            }
        }
    }

    synchronized Entry enter(InetAddress address, LimitsConfig limits) {
        InetAddress client = client(address);
        if (all >= limits.sessions()) {
            return new Refused(Refusals.sessions(limits.sessions()));
        }
        if (ofClient.getOrDefault(client, 0) >= limits.sessionsPerClient()) {
            return new Refused(Refusals.sessionsPerClient(limits.sessionsPerClient(), address));
        }
        all++;
        ofClient.merge(client, 1, Integer::sum);
        return new Place(client);
    }

    private synchronized void leave(InetAddress client) {
        all--;
        ofClient.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Whoever has one address of an IPv6 network can have all of them. */
    static InetAddress client(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES), 16);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
