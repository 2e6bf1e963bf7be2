package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.row.Row;

/** Vert.x's reverse proxy: for what it does with a slow reader, and what it costs while there is none. */
public final class VertxPeer extends JavaMainPeer {

    public VertxPeer() {
        super("vertx", "VertxMain", "vertx-http-proxy");
    }

    @Override
    public boolean takes(Row row, Variant variant) {
        return row.name().equals("small") || row.name().startsWith("slow-");
    }
}
