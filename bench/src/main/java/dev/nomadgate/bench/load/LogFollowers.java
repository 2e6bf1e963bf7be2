package dev.nomadgate.bench.load;

import dev.nomadgate.bench.wire.Body;
import dev.nomadgate.bench.wire.Input;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Browsers that follow a log whose lines are the times of their writing, a thread each. */
public final class LogFollowers implements AutoCloseable {

    private static final long HIGHEST = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final List<HttpConnection> connections = new ArrayList<>();
    private Histogram latency = new Histogram(HIGHEST, DIGITS);
    private String firstFailure;
    private volatile boolean over;

    public LogFollowers(Endpoint endpoint, int count, int everyMillis) throws IOException {
        byte[] request = HttpConnection.request("GET",
                "/v1/client/fs/logs/bench?task=bench&type=stdout&follow=true&plain=true&every=" + everyMillis);
        for (int i = 0; i < count; i++) {
            HttpConnection connection = new HttpConnection(endpoint);
            connections.add(connection);
            connection.send(request);
            Thread reader = new Thread(() -> follow(connection), "follower");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void follow(HttpConnection connection) {
        try {
            boolean chunked = "chunked".equalsIgnoreCase(connection.receiveHead().field("Transfer-Encoding"));
            Input in = connection.body();
            while (true) {
                readLines(in, chunked ? Body.chunkSize(in) : Long.MAX_VALUE);
                in.line();
            }
        } catch (SocketException e) {
            if (!over) {
                failed(e.toString());
            }
        } catch (IOException | RuntimeException e) {
            failed(e.toString());
        }
    }

    private void readLines(Input in, long bytes) throws IOException {
        if (bytes == 0) {
            throw new IOException("the log ended");
        }
        long written = 0;
        for (long i = 0; i < bytes; i++) {
            int b = in.read();
            if (b == '\n') {
                record(System.nanoTime() - written);
                written = 0;
            } else {
                written = written * 10 + (b - '0');
            }
        }
    }

    private synchronized void record(long nanos) {
        latency.recordValue(Math.max(0, Math.min(HIGHEST, nanos)));
    }

    private synchronized void failed(String words) {
        firstFailure = over || firstFailure != null ? firstFailure : words;
    }

    /** What came during that time. */
    public Outcome run(Duration length) throws InterruptedException {
        synchronized (this) {
            latency = new Histogram(HIGHEST, DIGITS);
        }
        long begun = System.nanoTime();
        Thread.sleep(length.toMillis());
        synchronized (this) {
            Histogram seen = latency;
            latency = new Histogram(HIGHEST, DIGITS);
            return new Outcome(seen.getTotalCount(), firstFailure == null ? 0 : 1, System.nanoTime() - begun,
                    seen, firstFailure);
        }
    }

    @Override
    public void close() {
        over = true;
        for (HttpConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is over either way.
            }
        }
    }
}
