package dev.nomadgate.bench.peer;

/** One of Jetty's own proxies, which pass no WebSocket session on. */
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
}
