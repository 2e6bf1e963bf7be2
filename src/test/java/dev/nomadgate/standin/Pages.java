package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The demo's own web pages in the place of Nomad's UI, under Nomad's content security policy. */
final class Pages {
    static final String CSP = "default-src 'none'; connect-src *; img-src 'self' data:; script-src 'self'; "
            + "style-src 'self'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> FILES = Map.of("home.html", "text/html; charset=utf-8",
            "exec.html", "text/html; charset=utf-8", "style.css", "text/css; charset=utf-8",
            "home.js", "text/javascript; charset=utf-8", "exec.js", "text/javascript; charset=utf-8",
            "terminal.js", "text/javascript; charset=utf-8");

    void answer(Exchange exchange, String path) throws IOException {
        exchange.field("Content-Security-Policy", CSP);
        if (!exchange.request().method().equals("GET") && !exchange.request().method().equals("HEAD")) {
            exchange.text(405, "Invalid method");
            return;
        }
        // Like a single page application: every path without a file of its own is the page itself.
        String name = path.startsWith("/ui/assets/") ? path.substring("/ui/assets/".length())
                : path.startsWith("/ui/exec/") ? "exec.html" : "home.html";
        String type = FILES.get(name);
        if (type == null) {
            exchange.text(404, "404 page not found");
            return;
        }
        try (InputStream file = Pages.class.getResourceAsStream("/standin/" + name)) {
            if (file == null) {
                throw new IOException("missing resource " + name);
            }
            exchange.send(200, type, file.readAllBytes());
        }
    }
}
