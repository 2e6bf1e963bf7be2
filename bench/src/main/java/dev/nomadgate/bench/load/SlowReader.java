package dev.nomadgate.bench.load;

import java.io.IOException;

/** A browser that asks for a download, and takes a few bytes of it now and then. */
public final class SlowReader implements AutoCloseable {

    private static final int BYTES = 1024;
    private static final int PAUSE = 100;

    private final HttpConnection connection;
    private volatile String failure;
    private volatile boolean over;

    public SlowReader(Endpoint endpoint, long bytes) throws IOException {
        connection = new HttpConnection(endpoint);
        connection.send(HttpConnection.request("GET", "/v1/client/fs/cat/bench?path=bulk&bytes=" + bytes));
        Thread reader = new Thread(this::read, "slow reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            connection.receiveHead();
            byte[] some = new byte[BYTES];
            while (!over) {
                connection.body().readFully(some, BYTES);
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
