package dev.nomadgate.standin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The demo's own web pages in the place of Nomad's UI, under Nomad's content security policy. */
final class Pages {
    static final String CSP = "default-src 'none'; connect-src *; img-src 'self' data:; script-src 'self'; "
            + "style-src 'self'; form-action 'none'; frame-ancestors 'none'";
    /** Nomad's pages neither submit forms nor show other origins' images; one of ours does, to see where they go. */
    private static final String LOOSE_CSP = CSP.replace("form-action 'none'", "form-action *")
            .replace("img-src 'self' data:", "img-src * data:");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8");

    void answer(Exchange exchange, String path) throws IOException {
        boolean mechanisms = path.equals("/ui/mechanisms");
        exchange.field("Content-Security-Policy", mechanisms ? LOOSE_CSP : CSP);
        if (!exchange.request().method().equals("GET") && !exchange.request().method().equals("HEAD")) {
            exchange.text(405, "Invalid method");
            return;
        }
        // Like a single page application: every path without a file of its own is the page itself.
        String name = path.startsWith("/ui/assets/") ? path.substring("/ui/assets/".length())
                : path.startsWith("/ui/exec/") ? "exec.html"
                : path.equals("/ui/settings/tokens") ? "tokens.html"
                : mechanisms ? "mechanisms.html" : "home.html";
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || name.indexOf('/') >= 0) {
            exchange.text(404, "404 page not found");
            return;
        }
        try (InputStream file = Pages.class.getResourceAsStream("/standin/" + name)) {
            if (file == null) {
                exchange.text(404, "404 page not found");
                return;
            }
            exchange.send(200, type, file.readAllBytes());
        }
    }
}
