package dev.nomadgate.exec;

import dev.nomadgate.bench.micro.SampleSession;
import dev.nomadgate.bench.micro.Samples;
import dev.nomadgate.exec.jetty.JettyLeg;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Observers;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrame;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One text frame from Jetty's call to Jetty's call, each way, in a session that observers hear of. */
@State(Scope.Thread)
public class FrameBenchmark {

    @Param({"128", "4096"})
    public int size;

    private final Scheduler scheduler = new ScheduledExecutorScheduler();
    private final SampleSession toBrowser = new SampleSession();
    private final SampleSession toNomad = new SampleSession();
    private JettyLeg browser;
    private JettyLeg nomad;
    private Bridge bridge;
    private ByteBuffer typed;
    private ByteBuffer shown;

    @Setup
    public void setUp() throws Exception {
        scheduler.start();
        bridge = new Bridge(scheduler, new SessionTimings(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1)),
                new SessionBounds(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(8), 1 << 20), Notice.STDOUT,
                () -> { });
        nomad = new JettyLeg(bridge.nomad());
        browser = new JettyLeg(bridge.browser());
        nomad.onWebSocketOpen(toNomad);
        browser.onWebSocketOpen(toBrowser);
        SessionObserver nobody = new SessionObserver() { };
        bridge.attend(new SessionWatch(new Session("id", Instant.now(), System.nanoTime(),
                InetAddress.getByName("203.0.113.9"), ExecTarget.of("/v1/client/allocation/a/exec", "tty=true"),
                Samples.SERVERS.get(0), (by, words) -> { }),
                new Observers(List.of(nobody, nobody, nobody)), null, Optional.empty()));
        typed = frame("{\"stdin\":{\"data\":\"");
        shown = frame("{\"stdout\":{\"data\":\"");
    }

    private ByteBuffer frame(String start) {
        String end = "\"}}";
        return ByteBuffer.wrap((start + "A".repeat(size - start.length() - end.length()) + end)
                .getBytes(StandardCharsets.US_ASCII));
    }

    @TearDown
    public void tearDown() throws Exception {
        scheduler.stop();
    }

    /** What Jetty's frame itself costs, which the benchmark has to make. */
    @Benchmark
    public Object standIn() {
        return incoming(typed);
    }

    @Benchmark
    public Object fromBrowser() {
        browser.onWebSocketFrame(incoming(typed), Callback.NOOP);
        return toNomad.written();
    }

    @Benchmark
    public Object fromNomad() {
        nomad.onWebSocketFrame(incoming(shown), Callback.NOOP);
        return toBrowser.written();
    }

    /** With the constructor that is public; the other does the same. */
    @SuppressWarnings("removal")
    private static JettyWebSocketFrame incoming(ByteBuffer payload) {
        return new JettyWebSocketFrame(new Frame(OpCode.TEXT, payload.slice()));
    }
}
