package dev.nomadgate.bench.process;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.load.Endpoint;
import dev.nomadgate.bench.load.HttpConnection;
import dev.nomadgate.bench.peer.Certificates;
import dev.nomadgate.bench.peer.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The stand-in for Nomad, in its process. */
public final class Upstream {

    private static final int PATIENCE = 20_000;
    private static final int PAUSE = 20;

    private final Running process;
    private final int plainPort;
    private final int tlsPort;

    private Upstream(Running process, int plainPort, int tlsPort) {
        this.process = process;
        this.plainPort = plainPort;
        this.tlsPort = tlsPort;
    }

    public static Upstream start(Nursery nursery, Installation installation, Certificates certificates, Path directory)
            throws IOException, InterruptedException {
        Running process = nursery.start(directory, List.of(installation.tool("java"), "-Xms512m", "-Xmx2g",
                "-cp", installation.benchClassPath(), "dev.nomadgate.bench.upstream.StandIn",
                certificates.keyStore().toString()));
        for (int waited = 0; waited < PATIENCE && process.isAlive(); waited += PAUSE) {
            Thread.sleep(PAUSE);
            String said = Files.readString(directory.resolve("log"));
            if (said.startsWith("ports ") && said.endsWith("\n")) {
                String[] words = said.strip().split(" ");
                return new Upstream(process, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            }
        }
        throw new IOException("the stand-in did not start: " + process.lastWords());
    }

    public int port(Variant variant) {
        return variant == Variant.TLS ? tlsPort : plainPort;
    }

    public Running process() {
        return process;
    }

    /** How many {@code sessions}, {@code polls}, {@code bulk} bytes it has, or has sent. */
    public long count(String what) throws IOException {
        return ask("/bench/state").lines().filter(line -> line.startsWith(what + "="))
                .mapToLong(line -> Long.parseLong(line.substring(what.length() + 1))).findFirst().orElseThrow();
    }

    /** The same, once it is this many or the time is up. */
    public long await(String what, long many, Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long count = count(what);
        while (count != many && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE);
            count = count(what);
        }
        return count;
    }

    /** Lets go of the polls that are held. */
    public void release() throws IOException {
        ask("/bench/release");
    }

    private String ask(String target) throws IOException {
        try (HttpConnection connection = new HttpConnection(new Endpoint(plainPort, null))) {
            connection.send(HttpConnection.request("GET", target));
            byte[] body = new byte[Integer.parseInt(connection.receiveHead().field("Content-Length"))];
            connection.body().readFully(body, body.length);
            return new String(body, StandardCharsets.US_ASCII);
        }
    }
}
