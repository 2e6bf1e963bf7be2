package dev.nomadgate.bench.peer.main;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.ClientConnector;

/** Jetty's AsyncProxyServlet.Transparent as it comes, with its limits out of the way. */
public final class JettyServletMain {

    private static final String TIMEOUT = "345000";

    private JettyServletMain() {
    }

    public static void main(String[] args) throws Exception {
        ProxyArguments arguments = ProxyArguments.of(args);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(new Proxy(arguments));
        holder.setInitParameter("proxyTo", arguments.upstreamUri().toString());
        holder.setInitParameter("maxConnections", Integer.toString(JettyListener.CONNECTIONS));
        holder.setInitParameter("timeout", TIMEOUT);
        holder.setInitParameter("maxThreads", "200");
        holder.setInitOrder(1);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        JettyListener.run(arguments, context);
    }

    private static final class Proxy extends AsyncProxyServlet.Transparent {

        private static final long serialVersionUID = 1;

        private final transient ProxyArguments arguments;

        private Proxy(ProxyArguments arguments) {
            this.arguments = arguments;
        }

        @Override
        protected HttpClient newHttpClient(ClientConnector connector) {
            return JettyListener.client(arguments, connector);
        }
    }
}
