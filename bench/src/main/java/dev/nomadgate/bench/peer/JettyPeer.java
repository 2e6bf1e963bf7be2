package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.row.Row;

/** One of Jetty's own proxies, which pass no WebSocket session on. Over TLS one row is enough to tell. */
public final class JettyPeer extends JavaMainPeer {

    private JettyPeer(String name, String main, String artifact) {
        super(name, main, artifact);
    }

    /** AsyncProxyServlet. */
    public static JettyPeer servlet() {
        return new JettyPeer("jetty-async-servlet", "JettyServletMain", "jetty-ee10-proxy");
    }

    /** The core ProxyHandler. */
    public static JettyPeer core() {
        return new JettyPeer("jetty-core", "JettyCoreMain", "jetty-proxy");
    }

    @Override
    public boolean passesSessions() {
        return false;
    }

    @Override
    public boolean takes(Row row, Variant variant) {
        return super.takes(row, variant) && (variant == Variant.PLAIN || row.name().equals("small"));
    }
}
