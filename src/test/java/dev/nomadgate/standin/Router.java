package dev.nomadgate.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Decides who answers a request, looking at the raw path only. */
final class Router {
    private final Cluster cluster;
    private final Api api;
    private final Streams streams;
    private final Snapshots snapshots = new Snapshots();
    private final Pages pages = new Pages();
    private final Sessions sessions;

    Router(Cluster cluster, Sessions sessions) {
        this.cluster = cluster;
        this.api = new Api(cluster);
        this.streams = new Streams(cluster);
        this.sessions = sessions;
    }

    /** Answers; false if the connection must not be used again. */
    boolean answer(Exchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        Script script = cluster.script(request.rawTarget());
        if (script != null) {
            Wire wire = new Wire(exchange.connection(), exchange.body());
            script.answer(request, wire);
            return wire.reusable() && exchange.finish();
        }
        route(exchange, request.rawPath());
        return exchange.finish();
    }

    private void route(Exchange exchange, String path) throws IOException {
        String clean = clean(path);
        if (!clean.equals(path)) {
            redirect(exchange, clean);
        } else if (path.equals("/")) {
            redirect(exchange, "/ui/");
        } else if (path.equals("/ui")) {
            redirect(exchange, "/ui/");
        } else if (path.startsWith("/ui/")) {
            pages.answer(exchange, path);
        } else if (path.equals("/echo") || path.startsWith("/echo/")) {
            echo(exchange);
        } else if (!path.startsWith("/v1/")) {
            exchange.send(404, null, new byte[0]);
        } else if (sessions.isEndpoint(path) || Handshake.wanted(exchange.request())) {
            sessions.answer(exchange, path);
        } else if (!streams.answer(exchange, path) && !snapshots.answer(exchange, path)
                && !api.answer(exchange, path)) {
            exchange.text(404, "Invalid path: " + path);
        }
    }

    private void redirect(Exchange exchange, String path) throws IOException {
        String query = exchange.request().rawQuery();
        String target = query == null ? path : path + "?" + query;
        exchange.field("Location", target);
        String link = "<a href=\"" + target.replace("&", "&amp;").replace("\"", "&#34;").replace("<", "&lt;")
                + "\">Temporary Redirect</a>.\n\n";
        exchange.send(307, "text/html; charset=utf-8", link.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Go's path.Clean on the undecoded path, keeping a final slash. */
    static String clean(String path) {
        if (!path.startsWith("/")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        boolean slash = path.endsWith("/") && !segments.isEmpty();
        return "/" + String.join("/", segments) + (slash ? "/" : "");
    }

    private void echo(Exchange exchange) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        while (exchange.body().read(buffer) >= 0) {
            // Counted and hashed on the way.
        }
        RecordedRequest request = exchange.request();
        List<Object> headers = request.headers().stream()
                .<Object>map((Map.Entry<String, String> h) -> List.of(h.getKey(), h.getValue())).toList();
        exchange.uncompressed().json(Json.object("method", request.method(), "rawTarget", request.rawTarget(),
                "headers", headers, "bodyLength", request.bodyLength(), "bodySha256", request.bodySha256()));
    }
}
