package dev.nomadgate.upstream;

import dev.nomadgate.bench.micro.Samples;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which server a client gets: the hash alone, and with all that is known of the servers. */
@State(Scope.Thread)
public class ChoiceBenchmark {

    private final IpHash hash = new IpHash(List.of(1, 1, 1));
    private final ServerPool pool =
            new ServerPool(Samples.SERVERS, Duration.ofMinutes(1), (server, cause) -> "", System::nanoTime, () -> { });
    private InetAddress v4;
    private InetAddress v6;

    @Setup
    public void setUp() throws UnknownHostException {
        v4 = InetAddress.getByName("203.0.113.9");
        v6 = InetAddress.getByName("2001:db8::1:2");
    }

    @Benchmark
    public Object hashV4() {
        return hash.walk(v4).next(server -> true);
    }

    @Benchmark
    public Object hashV6() {
        return hash.walk(v6).next(server -> true);
    }

    @Benchmark
    public Object route() {
        return pool.route(v4).next();
    }
}
