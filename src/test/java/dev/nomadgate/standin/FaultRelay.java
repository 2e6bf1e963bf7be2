package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A TCP relay that does to connections what networks and peers do: each connection that it accepts meets the fault that
 * is planned at that moment. Bytes pass unchanged and at once otherwise.
 */
public final class FaultRelay implements AutoCloseable {

    /** What happens, from its moment on. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** Every piece comes late, and arrives. */
        DELAY,
        /** Every byte comes alone, and arrives. */
        ONE_BYTE_AT_A_TIME,
        /** Nothing more comes, in either direction, and nobody says so. */
        STALL,
        /** FIN to both. */
        CUT,
        /** RST to both. */
        RESET,
        /** FIN to the receiver, while the other direction goes on. */
        HALF_CLOSE
    }

    /**
     * When, as seen from one direction of a connection.
     *
     * @param towardsServer the direction that is watched
     * @param heads how many ends of a header, empty lines, have to pass first
     * @param bytes how many bytes more
     */
    public record Moment(boolean towardsServer, int heads, int bytes) {
    }

    private static final Moment NEVER = new Moment(true, Integer.MAX_VALUE, 0);
    private static final int LATE_MILLIS = 20;

    private final int target;
    private final ServerSocket server = new ServerSocket();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Kind kind = Kind.NONE;
    private volatile Moment moment = NEVER;

    private FaultRelay(int target) throws IOException {
        this.target = target;
        server.bind(new InetSocketAddress(StandInNomad.loopback(), 0), 256);
        Threads.start("relay", this::accept);
    }

    /** A relay to a port of 127.0.0.1 that does no harm yet. */
    public static FaultRelay to(int port) throws IOException {
        return new FaultRelay(port);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What meets every connection from now on. */
    public void plan(Kind what, Moment when) {
        moment = when;
        kind = what;
    }

    /** Lets everything pass again, and drops the connections that there are. */
    public void heal() {
        plan(Kind.NONE, NEVER);
        dropAll();
    }

    /** Drops the connections that there are. */
    public void dropAll() {
        sockets.forEach(FaultRelay::end);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        dropAll();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Kind what = kind;
            Moment when = moment;
            Threads.start("relayed", () -> relay(client, what, when));
        }
    }

    private void relay(Socket client, Kind what, Moment when) throws IOException, InterruptedException {
        Socket upstream = new Socket();
        sockets.add(client);
        sockets.add(upstream);
        upstream.connect(new InetSocketAddress(StandInNomad.loopback(), target));
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        Fault fault = new Fault(what, client, upstream);
        Thread back = Threads.start("relayed-back",
                () -> pump(upstream, client, fault, when.towardsServer() ? NEVER : when));
        pump(client, upstream, fault, when.towardsServer() ? when : NEVER);
        back.join();
        if (!fault.stalled) {
            end(client);
            end(upstream);
            sockets.remove(client);
            sockets.remove(upstream);
        }
    }

    /** Passes bytes on up to the moment, and from then on as the fault will have it. */
    private static void pump(Socket from, Socket to, Fault fault, Moment moment) throws IOException, InterruptedException {
        byte[] buffer = new byte[16 * 1024];
        Progress progress = new Progress(moment);
        try {
            if (progress.reached() && fault.strike(to)) {
                return;
            }
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n; (n = in.read(buffer)) >= 0; ) {
                if (fault.stalled) {
                    return;
                }
                int before = progress.take(buffer, n);
                out.write(buffer, 0, before);
                if (before < n || progress.reached()) {
                    if (fault.strike(to)) {
                        return;
                    }
                    fault.slowly(buffer, before, n, out);
                }
            }
            if (!fault.stalled) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // One side is gone, so the other has to go.
            if (!fault.stalled) {
                end(from);
                end(to);
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** How far a direction has come. */
    private static final class Progress {

        private final Moment moment;
        private int heads;
        private int bytes;
        private int matched;

        private Progress(Moment moment) {
            this.moment = moment;
        }

        boolean reached() {
            return heads >= moment.heads() && bytes >= moment.bytes();
        }

        /** How many of these bytes come before the moment. */
        int take(byte[] buffer, int length) {
            int at = 0;
            while (at < length && !reached()) {
                byte b = buffer[at++];
                if (heads >= moment.heads()) {
                    bytes++;
                } else {
                    matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
                    if (matched == 4) {
                        matched = 0;
                        heads++;
                    }
                }
            }
            return at;
        }
    }

    private static final class Fault {

        private final Kind kind;
        private final Socket client;
        private final Socket upstream;
        private volatile boolean stalled;

        private Fault(Kind kind, Socket client, Socket upstream) {
            this.kind = kind;
            this.client = client;
            this.upstream = upstream;
        }

        /** True if nothing more is to be passed on in this direction. */
        boolean strike(Socket receiver) throws IOException {
            switch (kind) {
                case STALL -> stalled = true;
                case CUT -> {
                    end(client);
                    end(upstream);
                }
                case RESET -> {
                    client.setSoLinger(true, 0);
                    upstream.setSoLinger(true, 0);
                    end(client);
                    end(upstream);
                }
                case HALF_CLOSE -> receiver.shutdownOutput();
                default -> {
                    return false;
                }
            }
            return true;
        }

        void slowly(byte[] buffer, int from, int to, OutputStream out) throws IOException, InterruptedException {
            switch (kind) {
                case DELAY -> {
                    TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
                    out.write(buffer, from, to - from);
                }
                case ONE_BYTE_AT_A_TIME -> {
                    for (int i = from; i < to; i++) {
                        out.write(buffer, i, 1);
                    }
                }
                default -> out.write(buffer, from, to - from);
            }
        }
    }
}
