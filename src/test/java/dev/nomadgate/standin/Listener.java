package dev.nomadgate.standin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Accepts connections, refuses those above the limit, and runs HTTP on the others. */
final class Listener {
    private static final String TOO_MANY =
            "Your IP is issuing too many concurrent connections, please rate limit your calls\n";
    private static final byte[] REFUSAL = ("HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\n"
            + "Content-Length: " + TOO_MANY.length() + "\r\nConnection: close\r\n\r\n" + TOO_MANY)
            .getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket server = new ServerSocket();
    private final int port;
    private final SSLContext tls;
    private final boolean needClientCert;
    private final Requests requests;
    private final Router router;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger limit = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();
    private final RefusalBudget budget = new RefusalBudget();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Stall stall = new Stall();

    Listener(int port, SSLContext tls, boolean needClientCert, Requests requests, Router router) throws IOException {
        this.tls = tls;
        this.needClientCert = needClientCert;
        this.requests = requests;
        this.router = router;
        // So that a server can come back on the port of one that just died.
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(StandInNomad.loopback(), port), 1024);
        this.port = server.getLocalPort();
        Threads.start("accept", this::accept);
    }

    int port() {
        return port;
    }

    int openConnections() {
        return (int) connections.stream().filter(Connection::open).count();
    }

    int newestConnection() {
        return ids.get();
    }

    int countedConnections() {
        return counted.get();
    }

    int limit(int n) {
        return limit.getAndSet(n);
    }

    Stall stall() {
        return stall;
    }

    void resetConnections() {
        connections.forEach(Connection::reset);
    }

    /** Waits for the close; true if it came within the time. */
    boolean awaitClose(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    void close() {
        closed.countDown();
        stall.end();
        try {
            server.close();
        } catch (IOException e) {
            // Closed all the same.
        }
        connections.forEach(Connection::close);
    }

    private void accept() throws IOException {
        while (true) {
            Socket tcp = server.accept();
            if (counted.incrementAndGet() > limit.get()) {
                counted.decrementAndGet();
                refuse(tcp);
            } else {
                Threads.start("connection", () -> serve(tcp));
            }
        }
    }

    /** Answers without reading, so that TCP itself turns the close into an RST, as it does for Nomad. */
    private void refuse(Socket tcp) {
        try (tcp) {
            if (tls == null && budget.take()) {
                tcp.getOutputStream().write(REFUSAL);
            }
        } catch (IOException e) {
            // The client was faster.
        }
    }

    private void serve(Socket tcp) throws IOException {
        AtomicBoolean counts = new AtomicBoolean(true);
        Runnable uncount = () -> {
            if (counts.getAndSet(false)) {
                counted.decrementAndGet();
            }
        };
        Connection connection = null;
        try {
            tcp.setTcpNoDelay(true);
            connection = new Connection(ids.incrementAndGet(), tcp, tls == null ? tcp : secure(tcp), stall);
            connections.add(connection);
            if (closed.getCount() == 0) {
                return;
            }
            Threads.start("reader", connection::pump);
            converse(connection, uncount);
        } finally {
            if (connection == null) {
                tcp.close();
            } else {
                connection.close();
                connections.remove(connection);
            }
            uncount.run();
        }
    }

    private void converse(Connection connection, Runnable uncount) throws IOException {
        try {
            for (RecordedRequest request; (request = RequestReader.read(connection)) != null; ) {
                BodyInput body = new BodyInput(connection, request, requests::changed);
                requests.add(request);
                if (!router.answer(new Exchange(connection, request, body, uncount))) {
                    return;
                }
            }
        } catch (RequestReader.BadHead e) {
            String text = e.status + " " + e.getMessage();
            connection.write(("HTTP/1.1 " + e.status + " Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Connection: close\r\n\r\n" + text).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private Socket secure(Socket tcp) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(needClientCert);
        tcp.setSoTimeout(10_000);
        secure.startHandshake();
        tcp.setSoTimeout(0);
        return secure;
    }
}
