package dev.nomadgate.bench.upstream;

import dev.nomadgate.bench.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
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
        // Used again, since a new thread would be most of what a short session costs here.
        Executor threads = Executors.newCachedThreadPool(StandIn::thread);
        int plain = listen(ServerSocketFactory.getDefault(), counters, threads);
        int tls = listen(Tls.server(Path.of(args[0])).getServerSocketFactory(), counters, threads);
        System.out.println("ports " + plain + " " + tls);
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    private static int listen(ServerSocketFactory factory, Counters counters, Executor threads)
            throws IOException {
        ServerSocket listener = factory.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> accept(listener, counters, threads), "accept");
        accepting.setDaemon(true);
        accepting.start();
        return listener.getLocalPort();
    }

    private static void accept(ServerSocket listener, Counters counters, Executor threads) {
        while (true) {
            try {
                Socket socket = listener.accept();
                threads.execute(new Connection(socket, counters));
            } catch (IOException e) {
                e.printStackTrace();
            }
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "connection", STACK);
        thread.setDaemon(true);
        return thread;
    }
}
