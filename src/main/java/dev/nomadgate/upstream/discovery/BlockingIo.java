package dev.nomadgate.upstream.discovery;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * The network for dnsjava, whose own has a static thread and a shutdown hook that would outlive the web application.
 * Thread-safe.
 */
final class BlockingIo implements IoClientFactory, UdpIoClient, TcpIoClient, Closeable {

    private static final int SMALLEST_ANSWER = 512;

    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(InetSocketAddress local, InetSocketAddress remote, Message query,
            byte[] data, int max, Duration timeout) {
        try (DatagramSocket socket = opened(new DatagramSocket())) {
            socket.connect(remote);
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.send(new DatagramPacket(data, data.length));
            byte[] buffer = new byte[Math.max(max, SMALLEST_ANSWER)];
            DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
            socket.receive(answer);
            open.remove(socket);
            return CompletableFuture.completedFuture(Arrays.copyOf(buffer, answer.getLength()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(InetSocketAddress local, InetSocketAddress remote, Message query,
            byte[] data, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = opened(new Socket())) {
            socket.setSoTimeout(millis);
            socket.connect(remote, millis);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = new byte[data.length + 2];
            framed[0] = (byte) (data.length >> 8);
            framed[1] = (byte) data.length;
            System.arraycopy(data, 0, framed, 2, data.length);
            out.write(framed);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return CompletableFuture.completedFuture(answer);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T extends Closeable> T opened(T socket) throws IOException {
        open.removeIf(other -> other instanceof Socket tcp ? tcp.isClosed()
                : other instanceof DatagramSocket udp && udp.isClosed());
        open.add(socket);
        if (closed) {
            socket.close();
            throw new IOException("the gate stops");
        }
        return socket;
    }

    /** Ends what waits for an answer. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
