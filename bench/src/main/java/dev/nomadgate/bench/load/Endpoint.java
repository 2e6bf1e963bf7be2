package dev.nomadgate.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where the generator connects to.
 *
 * @param tls null for plain TCP
 */
public record Endpoint(int port, SSLSocketFactory tls) {

    private static final int CONNECT_TIMEOUT = 20_000;
    private static final int READ_TIMEOUT = 60_000;

    /** A connection with its handshake done. */
    public Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT);
        socket.setSoTimeout(READ_TIMEOUT);
        if (tls == null) {
            return socket;
        }
        try {
            SSLSocket secured = (SSLSocket) tls.createSocket(socket, "localhost", port, true);
            secured.startHandshake();
            return secured;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
