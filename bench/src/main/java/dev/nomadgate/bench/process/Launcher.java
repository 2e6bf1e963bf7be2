package dev.nomadgate.bench.process;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.load.Endpoint;
import dev.nomadgate.bench.load.HttpConnection;
import dev.nomadgate.bench.peer.Certificates;
import dev.nomadgate.bench.peer.Installation;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.peer.Site;
import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Puts peers between the generator and the stand-in. */
public final class Launcher {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int PAUSE = 2;

    private final Nursery nursery;
    private final Installation installation;
    private final Certificates certificates;
    private final Upstream upstream;
    private final Path directory;
    private final Ports ports = new Ports();
    private int started;

    public Launcher(Nursery nursery, Installation installation, Certificates certificates, Upstream upstream,
            Path directory) {
        this.nursery = nursery;
        this.installation = installation;
        this.certificates = certificates;
        this.upstream = upstream;
        this.directory = directory;
    }

    /** The stand-in itself, in the place of a peer. */
    public Subject direct(Variant variant) {
        return new Subject("direct", variant, endpoint(upstream.port(variant), variant), null, upstream, 0, false);
    }

    public Subject start(Peer peer, Variant variant) throws IOException, InterruptedException {
        return start(peer, variant, installation);
    }

    /** Starts one with a heap that follows what is in use, so that resident memory does. */
    public Subject startShrinking(Peer peer, Variant variant) throws IOException, InterruptedException {
        return start(peer, variant, installation.withShrinkingHeap());
    }

    /** Starts one with little room. */
    public Subject startSmall(Peer peer, Variant variant) throws IOException, InterruptedException {
        return start(peer, variant, installation.withSmallHeap());
    }

    private Subject start(Peer peer, Variant variant, Installation with) throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve(peer.name() + "-" + variant.label() + "-" + ++started));
        Site site = new Site(variant, ports.free(), upstream.port(variant), own, certificates, with);
        var command = peer.command(site);
        long begun = System.nanoTime();
        Running process = nursery.start(own, command);
        Endpoint endpoint = endpoint(site.port(), variant);
        awaitAnswer(process, endpoint, begun + PATIENCE);
        return new Subject(peer.name(), variant, endpoint, process, upstream, System.nanoTime() - begun, peer.isJava());
    }

    private static void awaitAnswer(Running process, Endpoint endpoint, long deadline)
            throws IOException, InterruptedException {
        byte[] request = HttpConnection.request("GET", "/v1/job/bench", "Connection: close");
        while (true) {
            try (HttpConnection connection = new HttpConnection(endpoint)) {
                connection.send(request);
                connection.receiveHead();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    String words = process.lastWords();
                    process.close();
                    throw new IOException("no answer after its start (" + e.getMessage() + "): " + words, e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private Endpoint endpoint(int port, Variant variant) {
        if (variant == Variant.PLAIN) {
            return new Endpoint(port, null);
        }
        return new Endpoint(port, Tls.client(certificates.trustStore()).getSocketFactory());
    }
}
