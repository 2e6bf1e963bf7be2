package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client keeps the server that nginx 1.22 gave it; the table is what a real one answered. */
class IpHashTest {

    private record Upstream(List<Integer> weights, Set<Integer> down) {
    }

    private static final Map<String, Upstream> UPSTREAMS = Map.of(
            "equal3", new Upstream(List.of(1, 1, 1), Set.of()),
            "weighted", new Upstream(List.of(1, 2, 5), Set.of()),
            "down5", new Upstream(List.of(1, 1, 1, 1, 3), Set.of(1)),
            "allbut1", new Upstream(List.of(1, 1, 1, 1, 1), Set.of(0, 1, 3)));

    @Test
    void choosesAsNginxDoes() throws Exception {
        List<String> lines;
        try (InputStream in = IpHashTest.class.getResourceAsStream("ip-hash-nginx.csv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1).toList();
        }
        assertThat(lines).hasSizeGreaterThan(500).allSatisfy(line -> {
            String[] row = line.split(",");
            Upstream upstream = UPSTREAMS.get(row[0]);
            int server = new IpHash(upstream.weights()).walk(InetAddress.getByName(row[1]))
                    .next(i -> !upstream.down().contains(i)).getAsInt();
            assertThat(server + 1).isEqualTo(Integer.parseInt(row[2]));
        });
    }

    @Test
    void takesAMappedAddressForTheIpv4AddressThatItIs() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(new byte[] {10, 0, 1, 1}, 0, mapped, 12, 4);
        IpHash hash = new IpHash(List.of(1, 2, 5));
        assertThat(hash.walk(InetAddress.getByAddress(mapped)).next(i -> true))
                .isEqualTo(hash.walk(InetAddress.getByName("10.0.1.1")).next(i -> true));
    }

    @Test
    void meetsEveryServerOnceHoweverUnlikelyItIs() throws Exception {
        IpHash hash = new IpHash(List.of(1, 60_000, 1));
        for (int net = 0; net < 256; net++) {
            IpHash.Walk walk = hash.walk(InetAddress.getByName("192.0." + net + ".1"));
            BitSet met = new BitSet();
            for (int i = 0; i < 3; i++) {
                met.set(walk.next(server -> !met.get(server)).getAsInt());
            }
            assertThat(met.cardinality()).isEqualTo(3);
            assertThat(walk.next(server -> !met.get(server))).isEmpty();
        }
    }

    /** Against nginx's {@code ngx_http_upstream_get_ip_hash_peer} as it is written, 20 tries included. */
    @Property(tries = 500)
    void choosesAsNginxsOwnWordsSay(@ForAll("address") byte[] address, @ForAll("weights") List<Integer> weights,
            @ForAll Set<@IntRange(max = 7) Integer> down) throws Exception {
        OptionalInt chosen = new IpHash(weights).walk(InetAddress.getByAddress(address)).next(i -> !down.contains(i));
        OptionalInt nginx = nginx(address, weights, down);
        if (nginx.isPresent()) {
            assertThat(chosen).isEqualTo(nginx);
        } else {
            // Where nginx goes on with round robin.
            assertThat(chosen.isPresent()).isEqualTo(IntStream.range(0, weights.size()).anyMatch(i -> !down.contains(i)));
        }
    }

    @Property(tries = 500)
    void meetsEveryServerThatIsUpExactlyOnceAndThenEnds(@ForAll("address") byte[] address,
            @ForAll("weights") List<Integer> weights, @ForAll Set<@IntRange(max = 7) Integer> down) throws Exception {
        IpHash.Walk walk = new IpHash(weights).walk(InetAddress.getByAddress(address));
        BitSet met = new BitSet();
        OptionalInt next;
        while ((next = walk.next(i -> !met.get(i) && !down.contains(i))).isPresent()) {
            assertThat(met.get(next.getAsInt())).isFalse();
            met.set(next.getAsInt());
        }
        assertThat(met.cardinality())
                .isEqualTo((int) IntStream.range(0, weights.size()).filter(i -> !down.contains(i)).count());
    }

    @Property(tries = 500)
    void theLastOctetOfAnIpv4AddressDoesNotMatter(@ForAll("address") byte[] address, @ForAll byte last,
            @ForAll("weights") List<Integer> weights) throws Exception {
        byte[] neighbour = address.clone();
        neighbour[neighbour.length - 1] = last;
        if (address.length == 4) {
            assertThat(new IpHash(weights).walk(InetAddress.getByAddress(neighbour)).next(i -> true))
                    .isEqualTo(new IpHash(weights).walk(InetAddress.getByAddress(address)).next(i -> true));
        }
    }

    private static OptionalInt nginx(byte[] address, List<Integer> weights, Set<Integer> down) {
        int hash = 89;
        for (int tries = 0; tries <= 20; tries++) {
            for (int i = 0; i < (address.length == 4 ? 3 : 16); i++) {
                hash = (hash * 113 + Byte.toUnsignedInt(address[i])) % 6271;
            }
            int w = hash % weights.stream().mapToInt(Integer::intValue).sum();
            int p = 0;
            while (w >= weights.get(p)) {
                w -= weights.get(p);
                p++;
            }
            if (!down.contains(p)) {
                return OptionalInt.of(p);
            }
        }
        return OptionalInt.empty();
    }

    @Provide
    Arbitrary<byte[]> address() {
        // A mapped IPv4 address is one of 16 bytes that begins with zeros, which this keeps apart.
        return Arbitraries.oneOf(Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16).map(bytes -> {
                    bytes[0] |= 1;
                    return bytes;
                }));
    }

    @Provide
    Arbitrary<List<Integer>> weights() {
        return Arbitraries.oneOf(Arbitraries.just(1), Arbitraries.integers().between(1, 300)).list()
                .ofMinSize(1).ofMaxSize(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesWeightsBelowOne(int weight) {
        assertThatThrownBy(() -> new IpHash(List.of(1, weight))).hasMessageContaining("weight " + weight);
    }

    @Test
    void refusesAnEmptyList() {
        assertThatThrownBy(() -> new IpHash(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
