package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Large bodies, both ways, never held in memory. */
final class Snapshots {
    private static final long DEFAULT_SIZE = 64 * 1024;

    /** Answers if the path is one of these; false if it is not. */
    boolean answer(Exchange exchange, String path) throws IOException {
        boolean allocation = path.startsWith("/v1/client/allocation/") && path.endsWith("/snapshot");
        if (!allocation && !path.equals("/v1/operator/snapshot")) {
            return false;
        }
        RecordedRequest request = exchange.request();
        switch (request.method()) {
            case "GET" -> {
                String bytes = request.parameter("bytes");
                send(exchange, bytes == null ? DEFAULT_SIZE : Long.parseLong(bytes));
            }
            case "PUT", "POST" -> {
                byte[] buffer = new byte[16 * 1024];
                while (exchange.body().read(buffer) >= 0) {
                    // Counted and hashed on the way.
                }
                exchange.json(Json.object("length", request.bodyLength(), "sha256", request.bodySha256()));
            }
            default -> exchange.text(405, "Invalid method");
        }
        return true;
    }

    private static void send(Exchange exchange, long bytes) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        // Not compressed: the point is that exactly these bytes arrive.
        OutputStream out = exchange.uncompressed().stream(200, "application/octet-stream");
        InputStream payload = Payload.stream(bytes);
        for (int n; (n = payload.read(buffer)) >= 0; ) {
            out.write(buffer, 0, n);
            out.flush();
        }
        // Only here: an answer that broke off must not get a proper end.
        out.close();
    }
}
