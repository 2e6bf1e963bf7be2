package dev.nomadgate.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * An address at which connections are refused. The port is held, though nobody listens there: a free one may be somebody
 * else's a moment later, since test classes run side by side.
 */
public final class DeadServer implements AutoCloseable {

    private final Socket holder = new Socket();

    public DeadServer() {
        try {
            holder.bind(new InetSocketAddress(StandInNomad.loopback(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + holder.getLocalPort());
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
