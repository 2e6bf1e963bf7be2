package dev.nomadgate.upstream.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** A server on loopback that answers every request with 200 and remembers who called, one at a time. */
final class TlsServer implements AutoCloseable {

    /** One handshake that succeeded. */
    record Caller(List<String> sni, String protocol, String subject, int chainLength) {
    }

    private final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
    private final ServerSocket listener;
    private final SSLContext context;
    private final Consumer<SSLParameters> demands;
    private final Thread thread = new Thread(this::serve, "tls-server");

    private TlsServer(SSLContext context, Consumer<SSLParameters> demands) {
        this.context = context;
        this.demands = demands;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.start();
    }

    static TlsServer with(String certificate) {
        return with(certificate, demands -> { });
    }

    static TlsServer with(String certificate, Consumer<SSLParameters> demands) {
        return new TlsServer(TestPki.server(certificate), demands);
    }

    static TlsServer plaintext() {
        return new TlsServer(null, demands -> { });
    }

    String url(String host) {
        return "https://" + host + ":" + listener.getLocalPort() + "/";
    }

    Caller caller() {
        return callers.remove();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket raw = listener.accept()) {
                raw.setSoTimeout(10_000);
                try {
                    answer(context == null ? raw : handshaken(raw));
                } catch (IOException refused) {
                    // The other side reads the alert undisturbed: a close with unread input would be a reset.
                    raw.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // the client went, or the test is over
            }
        }
    }

    private Socket handshaken(Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, false);
        SSLParameters parameters = socket.getSSLParameters();
        demands.accept(parameters);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
        List<String> sni = session.getRequestedServerNames().stream()
                .map(name -> ((SNIHostName) name).getAsciiName()).toList();
        String subject = "";
        int chain = 0;
        try {
            subject = session.getPeerPrincipal().getName();
            chain = session.getPeerCertificates().length;
        } catch (SSLPeerUnverifiedException anonymous) {
            // it was not asked
        }
        callers.add(new Caller(sni, session.getProtocol(), subject, chain));
        return socket;
    }

    private void answer(Socket socket) throws IOException {
        if (context != null) {
            BufferedReader request = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (!request.readLine().isEmpty()) {
                // up to the end of the head
            }
        } else {
            // As a real one: an answer to nothing might come while the greeting is still being written.
            socket.getInputStream().read();
        }
        String status = context == null ? "400 Bad Request" : "200 OK";
        socket.getOutputStream().write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        if (context == null) {
            throw new IOException("nothing more to say");
        }
        socket.close();
    }

    @Override
    public void close() throws Exception {
        listener.close();
        thread.join();
    }
}
