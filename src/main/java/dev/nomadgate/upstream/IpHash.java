package dev.nomadgate.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Chooses a server by client address exactly as nginx's {@code ip_hash} does, so that a fleet can
 * move from nginx and every client keeps its server.
 *
 * <p>The key is the first three octets of an IPv4 address or all sixteen of an IPv6 address. A server
 * marked {@code down} keeps its share of the hash, so that the clients of the others stay where they
 * are; its own clients are hashed again until they meet another server. After 20 such tries nginx
 * falls back to round robin, whose answer depends on the requests before; here, because replicas of
 * the gate must agree without talking, the last hash picks among the remaining servers by weight.
 *
 * <p>A pure function of weights and address: immutable and safe for use by many threads.
 *
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash">ip_hash</a>
 */
public final class IpHash {

    private static final int SEED = 89;
    private static final int FACTOR = 113;
    private static final int MODULUS = 6271;
    private static final int MAX_TRIES = 20;

    private final int[] weights;
    private final int totalWeight;

    /**
     * @param weights of all servers, those marked {@code down} included, in configuration order
     * @throws IllegalArgumentException if there is no server, or a weight is less than 1
     */
    public IpHash(List<Integer> weights) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("no server to choose from");
        }
        weights.forEach(weight -> {
            if (weight < 1) {
                throw new IllegalArgumentException("weight " + weight + " is less than 1");
            }
        });
        this.weights = weights.stream().mapToInt(Integer::intValue).toArray();
        try {
            this.totalWeight = weights.stream().reduce(0, Math::addExact);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the weights add up to more than " + Integer.MAX_VALUE, e);
        }
    }

    /** The servers of this address, one after the other: its own first, then those it fails over to. */
    public Walk walk(InetAddress client) {
        return new Walk(client);
    }

    /**
     * One look of a walk.
     *
     * @param point where the hash met the weights, laid end to end: from 0 to less than {@code of}
     * @param of the sum of the weights that were laid
     * @param server the 0-based index of the one that has this point
     */
    record Step(int point, int of, int server) {
    }

    /** Every look of a walk to its first choice, which is the last; none is a choice if nobody is eligible. */
    List<Step> steps(InetAddress client, IntPredicate eligible) {
        List<Step> steps = new ArrayList<>();
        Walk walk = new Walk(client);
        OptionalInt choice = walk.next(server -> {
            if (walk.tries <= MAX_TRIES) {
                steps.add(new Step(walk.hash % totalWeight, totalWeight, server));
            }
            return eligible.test(server);
        });
        if (choice.isPresent() && walk.tries > MAX_TRIES) {
            int weight = walk.eligibleWeight(eligible);
            steps.add(new Step(walk.hash % weight, weight, choice.getAsInt()));
        }
        return steps;
    }

    /** The successive choices for one address. Not thread-safe. */
    public final class Walk {

        private final byte[] address;
        private final int keyLength;
        private int hash = SEED;
        private int tries;

        private Walk(InetAddress client) {
            address = client.getAddress();
            keyLength = client instanceof Inet4Address ? 3 : address.length;
        }

        /**
         * The next server, going on from where the last call stopped.
         *
         * @param eligible accepts the 0-based index of a server that may be chosen; one that was
         *     tried in vain must not be accepted again
         * @return the 0-based index, or empty if no server is eligible
         */
        public OptionalInt next(IntPredicate eligible) {
            while (tries <= MAX_TRIES) {
                rehash();
                int server = at(hash % totalWeight, index -> true);
                if (eligible.test(server)) {
                    return OptionalInt.of(server);
                }
                tries++;
            }
            return fallback(eligible);
        }

        private void rehash() {
            for (int i = 0; i < keyLength; i++) {
                hash = (hash * FACTOR + (address[i] & 0xff)) % MODULUS;
            }
        }

        private OptionalInt fallback(IntPredicate eligible) {
            int eligibleWeight = eligibleWeight(eligible);
            return eligibleWeight == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(at(hash % eligibleWeight, eligible));
        }

        private int eligibleWeight(IntPredicate eligible) {
            int eligibleWeight = 0;
            for (int i = 0; i < weights.length; i++) {
                if (eligible.test(i)) {
                    eligibleWeight += weights[i];
                }
            }
            return eligibleWeight;
        }
    }

    private int at(int point, IntPredicate counted) {
        int rest = point;
        for (int i = 0; i < weights.length; i++) {
            if (counted.test(i)) {
                rest -= weights[i];
                if (rest < 0) {
                    return i;
                }
            }
        }
        throw new AssertionError("point " + point + " lies outside the weights");
    }
}
