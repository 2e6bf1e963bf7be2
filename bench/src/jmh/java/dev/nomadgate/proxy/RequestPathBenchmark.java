package dev.nomadgate.proxy;

import dev.nomadgate.bench.micro.SampleRequest;
import dev.nomadgate.bench.micro.SampleResponse;
import dev.nomadgate.bench.micro.Samples;
import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.client.Admission;
import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.CrossSitePolicy;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.RequestId;
import dev.nomadgate.config.LimitsConfig;
import dev.nomadgate.metrics.RequestClass;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerPool;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the gate does with a request's header before it is sent on, by the piece and as a whole. */
@State(Scope.Thread)
public class RequestPathBenchmark {

    private static final FilterChain END = (request, response) -> { };

    @Param({"short", "direct", "proxied"})
    public String sent;

    private HttpFields fields;
    private AdmissionContext admission;
    private ServerPool pool;
    private Client client;
    private Server server;
    private HeaderSizeFilter headerSize;
    private final RequestIdFilter requestId = new RequestIdFilter();
    private final AdmissionFilter admit = new AdmissionFilter(null, null);

    @Setup
    public void setUp() {
        fields = switch (sent) {
            case "short" -> Samples.SHORT;
            case "direct" -> Samples.DIRECT;
            default -> Samples.PROXIED;
        };
        AddressRanges trusted = sent.equals("proxied") ? AddressRanges.of(List.of("10.0.0.0/8", "127.0.0.0/8"))
                : AddressRanges.NONE;
        admission = new AdmissionContext(new ClientResolver(trusted), new HostPolicy(Set.of()),
                new CrossSitePolicy(Set.of()));
        pool = new ServerPool(Samples.SERVERS, Duration.ofMinutes(1), (of, cause) -> "", System::nanoTime, () -> { });
        client = admission.resolver().resolve(Arrivals.of(Samples.request(fields)));
        server = Samples.SERVERS.get(0);
        LimitsConfig limits = new LimitsConfig(1000, 1000, 1000, 64 * 1024, 1 << 20, Duration.ZERO, Duration.ZERO);
        headerSize = new HeaderSizeFilter(() -> limits, null, null);
    }

    private SampleRequest request() {
        SampleRequest request = Samples.request(fields);
        admission.attachTo(request);
        return request;
    }

    /** What the stand-in for a container's request costs by itself: made, its attribute set, every value read once. */
    @Benchmark
    public void standIn(Blackhole hole) {
        SampleRequest request = request();
        request.getHeaderNames().asIterator().forEachRemaining(name ->
                request.getHeaders(name).asIterator().forEachRemaining(hole::consume));
    }

    @Benchmark
    public Object requestId() throws Exception {
        SampleRequest request = request();
        requestId.doFilter(request, new SampleResponse(), END);
        return request;
    }

    @Benchmark
    public Object admission() throws Exception {
        SampleRequest request = request();
        admit.doFilter(request, null, END);
        return request;
    }

    @Benchmark
    public Object headerSize() throws Exception {
        SampleRequest request = request();
        headerSize.doFilter(request, null, END);
        return request;
    }

    @Benchmark
    public Object rewrite() {
        SampleRequest request = request();
        RequestId.assign(request, false);
        return RequestHeaders.rewrite(request, client, server);
    }

    @Benchmark
    public boolean rawTarget() {
        return RawTarget.of(request()).isRaw();
    }

    @Benchmark
    public Object requestClass() {
        return RequestClass.of("GET", RawTarget.of(request()));
    }

    /** All of it, in the order in which the gate does it. */
    @Benchmark
    public Object whole(Blackhole hole) throws Exception {
        SampleRequest request = request();
        requestId.doFilter(request, new SampleResponse(), END);
        hole.consume(RequestClass.of("GET", RawTarget.of(request)));
        admit.doFilter(request, null, END);
        headerSize.doFilter(request, null, END);
        Client who = Admission.of(request);
        RawTarget target = RawTarget.of(request);
        hole.consume(target.isRaw());
        Optional<Server> chosen = pool.route(who.address()).next();
        hole.consume(target.toString());
        return RequestHeaders.rewrite(request, who, chosen.get());
    }
}
