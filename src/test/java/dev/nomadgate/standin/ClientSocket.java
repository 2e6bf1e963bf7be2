package dev.nomadgate.standin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A test's TCP connection: silence beyond 20 s is an {@link AssertionError} that says what was awaited. */
final class ClientSocket implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;
    private volatile Duration patience = PATIENCE;

    /**
     * @param receiveBuffer the socket's receive buffer in bytes, or 0 for the system's choice
     * @param tls what the connection is encrypted with, or null
     */
    ClientSocket(String host, int port, int receiveBuffer, SSLContext tls) throws IOException {
        Socket plain = new Socket();
        if (receiveBuffer > 0) {
            // Before connecting: the window that TCP announces depends on it.
            plain.setReceiveBufferSize(receiveBuffer);
        }
        plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        plain.setTcpNoDelay(true);
        socket = tls == null ? plain : tls.getSocketFactory().createSocket(plain, host, port, true);
        in = new BufferedInputStream(new Impatient(socket.getInputStream()), receiveBuffer > 0 ? 1024 : 16 * 1024);
    }

    InputStream in() {
        return in;
    }

    void patience(Duration patience) {
        this.patience = patience;
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private final class Impatient extends InputStream {
        private final InputStream raw;

        Impatient(InputStream raw) {
            this.raw = raw;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int available() throws IOException {
            return raw.available();
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            Duration limit = patience;
            try {
                socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
                return raw.read(to, offset, length);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing came from " + socket.getRemoteSocketAddress() + " for "
                        + limit.toMillis() + " ms", e);
            }
        }
    }
}
