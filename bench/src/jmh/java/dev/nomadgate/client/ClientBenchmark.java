package dev.nomadgate.client;

import dev.nomadgate.bench.micro.SampleRequest;
import dev.nomadgate.bench.micro.Samples;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Who the client is, and whether it may. */
@State(Scope.Thread)
public class ClientBenchmark {

    private final SampleRequest direct = Samples.request(Samples.DIRECT);
    private final SampleRequest proxied = Samples.request(Samples.PROXIED);
    private final Arrival directArrival = Arrivals.of(direct);
    private final Arrival proxiedArrival = Arrivals.of(proxied);
    private final ClientResolver trusting = new ClientResolver(AddressRanges.of(List.of("10.0.0.0/8", "127.0.0.0/8")));
    private final ClientResolver alone = new ClientResolver(AddressRanges.NONE);
    private final Client client = trusting.resolve(proxiedArrival);
    private final OriginPolicy origins = new OriginPolicy(Set.of(), true);
    private final List<String> origin = List.of("https://gate.example");

    @Benchmark
    public Object arrival() {
        return Arrivals.of(proxied);
    }

    @Benchmark
    public Object resolveDirect() {
        return alone.resolve(directArrival);
    }

    @Benchmark
    public Object resolveProxied() {
        return trusting.resolve(proxiedArrival);
    }

    @Benchmark
    public Object literal() {
        return IpLiteral.parse("203.0.113.9");
    }

    @Benchmark
    public Object literalV6() {
        return IpLiteral.parse("2001:db8::1:2");
    }

    @Benchmark
    public Object originPolicy() {
        return origins.judge(origin, client);
    }

    @Benchmark
    public Object forwarded() {
        return ForwardedHeaders.of(client);
    }

    @Benchmark
    public boolean safe() {
        return SafeRequests.contains("GET", "/v1/job/a%2Fb/allocations");
    }

    @Benchmark
    public Object newId() {
        return RequestId.choose(List.of());
    }
}
