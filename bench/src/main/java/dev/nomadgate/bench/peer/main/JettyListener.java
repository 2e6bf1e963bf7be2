package dev.nomadgate.bench.peer.main;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What Jetty's two proxies have in common. */
final class JettyListener {

    static final int CONNECTIONS = 65_535;
    private static final int IDLE_TIMEOUT = 360_000;

    private JettyListener() {
    }

    static void run(ProxyArguments arguments, Handler handler) throws Exception {
        Server server = new Server();
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector;
        if (arguments.isTls()) {
            // The host is localhost, which no name in a handshake is for.
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setSslContext(arguments.server());
            connector = new ServerConnector(server, tls, new HttpConnectionFactory(configuration));
        } else {
            connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        }
        connector.setHost("127.0.0.1");
        connector.setPort(arguments.port());
        connector.setIdleTimeout(IDLE_TIMEOUT);
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        server.join();
    }

    static HttpClient client(ProxyArguments arguments) {
        return client(arguments, new ClientConnector());
    }

    static HttpClient client(ProxyArguments arguments, ClientConnector connector) {
        if (arguments.isTls()) {
            SslContextFactory.Client tls = new SslContextFactory.Client();
            tls.setSslContext(arguments.client());
            connector.setSslContextFactory(tls);
        }
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(CONNECTIONS);
        return client;
    }
}
