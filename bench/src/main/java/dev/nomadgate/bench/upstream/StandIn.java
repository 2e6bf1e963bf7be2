package dev.nomadgate.bench.upstream;

import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;

/**
 * Stands in for a Nomad agent, in a process of its own: one blocking thread for each connection. Arguments: a key store
 * for TLS. It prints its two ports, plain and TLS, and ends when its standard input does.
 */
public final class StandIn {

    private static final int BACKLOG = 8192;
    private static final int STACK = 256 * 1024;

    private StandIn() {
    }

    public static void main(String[] args) throws IOException {
        Counters counters = new Counters();
        int plain = listen(ServerSocketFactory.getDefault(), counters);
        int tls = listen(Tls.server(Path.of(args[0])).getServerSocketFactory(), counters);
        System.out.println("ports " + plain + " " + tls);
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    private static int listen(ServerSocketFactory factory, Counters counters) throws IOException {
        ServerSocket listener = factory.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> accept(listener, counters), "accept");
        accepting.setDaemon(true);
        accepting.start();
        return listener.getLocalPort();
    }

    private static void accept(ServerSocket listener, Counters counters) {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(null, new Connection(socket, counters), "connection", STACK);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                e.printStackTrace();
            }
        }
    }
}
