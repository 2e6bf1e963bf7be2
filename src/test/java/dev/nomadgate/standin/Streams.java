package dev.nomadgate.standin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BooleanSupplier;

/** The answers that do not end by themselves: logs, files, the monitor and the event stream. */
final class Streams {
    private static final String FILE = "alloc/logs/" + StandInNomad.TASK + ".stdout.0";
    private static final byte[] HEARTBEAT = {'{', '}'};
    private static final Duration FRAME_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration EVENT_HEARTBEAT = Duration.ofSeconds(30);

    private final Cluster cluster;

    Streams(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Answers if the path is one of these; false if it is not. */
    boolean answer(Exchange exchange, String path) throws IOException {
        String query = exchange.request().rawQuery();
        boolean plain = Queries.flag(query, "plain");
        if (path.equals("/v1/event/stream")) {
            if (Api.allowed(cluster, exchange)) {
                events(exchange);
            }
        } else if (path.equals("/v1/agent/monitor")) {
            if (Api.allowed(cluster, exchange)) {
                follow(exchange, cluster.monitor, plain, true);
            }
        } else if (path.startsWith("/v1/client/fs/logs/")) {
            if (allocation(exchange, path)) {
                boolean stderr = "stderr".equals(Queries.parameter(query, "type"));
                follow(exchange, stderr ? new Feed() : cluster.log, plain, Queries.flag(query, "follow"));
            }
        } else if (path.startsWith("/v1/client/fs/stream/")) {
            if (allocation(exchange, path)) {
                follow(exchange, cluster.log, false, !"false".equals(Queries.parameter(query, "follow")));
            }
        } else if (path.startsWith("/v1/client/fs/cat/") || path.startsWith("/v1/client/fs/readat/")) {
            if (allocation(exchange, path)) {
                file(exchange, query);
            }
        } else {
            return false;
        }
        return true;
    }

    private boolean allocation(Exchange exchange, String path) throws IOException {
        if (!Api.allowed(cluster, exchange)) {
            return false;
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (id.equals(StandInNomad.ALLOC)) {
            return true;
        }
        boolean uuid = id.length() == 36;
        exchange.text(uuid ? 404 : 400, uuid ? "Unknown allocation \"" + id + "\"" : "must provide a valid alloc id");
        return false;
    }

    /** Logs and the like: JSON frames with a heartbeat, or plain bytes without one. */
    private void follow(Exchange exchange, Feed feed, boolean plain, boolean follow) throws IOException {
        BooleanSupplier stop = stop(exchange, feed);
        int offset = 0;
        OutputStream out = exchange.stream(200, plain ? "text/plain" : "application/json");
        while (!stop.getAsBoolean()) {
            byte[] data = feed.after(offset, follow ? FRAME_HEARTBEAT : Duration.ZERO, stop);
            if (data.length > 0) {
                out.write(plain ? data : frame(data, offset + data.length));
                out.flush();
                offset += data.length;
            } else if (!follow) {
                out.close();
                return;
            } else if (!plain && !stop.getAsBoolean()) {
                out.write(HEARTBEAT);
                out.flush();
            }
        }
        // Left or dying: neither may look like a proper end.
        throw new IOException("the follower left or the server is stopping");
    }

    /** Nomad names the offset at which the data ends. */
    private static byte[] frame(byte[] data, int offset) {
        return Json.write(Json.object("Data", Base64.getEncoder().encodeToString(data), "File", FILE,
                "Offset", offset)).getBytes(StandardCharsets.US_ASCII);
    }

    private void file(Exchange exchange, String query) throws IOException {
        byte[] all = cluster.log.all();
        int from = Math.min(all.length, number(query, "offset", 0));
        int length = Math.min(all.length - from, number(query, "limit", all.length));
        try (OutputStream out = exchange.stream(200, "text/plain; charset=utf-8")) {
            out.write(Arrays.copyOfRange(all, from, from + length));
        }
    }

    private static int number(String query, String name, int fallback) {
        String value = Queries.parameter(query, name);
        return value == null || !value.matches("[0-9]{1,9}") ? fallback : Integer.parseInt(value);
    }

    /** Neither length nor chunks, never compressed, and a head in many tiny writes. */
    private void events(Exchange exchange) throws IOException {
        exchange.hijack();
        BooleanSupplier stop = stop(exchange, cluster.events);
        int offset = cluster.events.length();
        Connection connection = exchange.connection();
        for (String piece : new String[] {"HTTP/1.1 200", " OK", "\r\n", "Connection", ": ", "close", "\r\n",
            "Cache-Control", ": ", "no-cache", "\r\n", "Content-Type", ": ", "application/json", "\r\n",
            "Vary", ": ", "Accept-Encoding", "\r\n", "\r\n"}) {
            connection.write(piece.getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] heartbeat = "{}\n".getBytes(StandardCharsets.ISO_8859_1);
        connection.write(heartbeat);
        while (!stop.getAsBoolean()) {
            byte[] data = cluster.events.after(offset, EVENT_HEARTBEAT, stop);
            if (data.length > 0) {
                connection.write(data);
                offset += data.length;
            } else if (!stop.getAsBoolean()) {
                connection.write(heartbeat);
            }
        }
    }

    private BooleanSupplier stop(Exchange exchange, Feed feed) {
        exchange.connection().onPeerClose(feed::wake);
        return () -> cluster.closed() || exchange.connection().peerClosed();
    }
}
