package dev.nomadgate.bench.load;

import dev.nomadgate.bench.wire.Input;
import java.io.Closeable;
import java.io.IOException;

/** A browser that is sent a lot, and takes a little of it now and then. */
public final class SlowReader implements AutoCloseable {

    private static final int PAUSE = 100;
    private static final int PIECE = 4096;

    private final Closeable connection;
    private volatile String failure;
    private volatile boolean over;

    private SlowReader(Closeable connection, Step step) {
        this.connection = connection;
        Thread reader = new Thread(() -> read(step), "slow reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Of a download. */
    public static SlowReader download(Endpoint endpoint, long bytes) throws IOException {
        HttpConnection connection = new HttpConnection(endpoint);
        connection.send(HttpConnection.request("GET", "/v1/client/fs/cat/bench?path=bulk&bytes=" + bytes));
        connection.receiveHead();
        Input body = connection.body();
        byte[] piece = new byte[PIECE];
        return new SlowReader(connection, () -> body.readFully(piece, PIECE));
    }

    /** Of terminal output. */
    public static SlowReader terminal(Endpoint endpoint, long bytes) throws IOException {
        Session session = Session.flood(endpoint, bytes);
        session.send();
        return new SlowReader(session, () -> session.receive(PIECE));
    }

    @FunctionalInterface
    private interface Step {

        void read() throws IOException;
    }

    private void read(Step step) {
        try {
            while (!over) {
                step.read();
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            failure = over ? null : e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What ended it before its time, or null. */
    public String failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        over = true;
        connection.close();
    }
}
