package dev.nomadgate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
