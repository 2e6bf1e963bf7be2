package dev.nomadgate.bench.peer.main;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;

/** Jetty's core ProxyHandler as it comes, with its limits out of the way. */
public final class JettyCoreMain {

    private JettyCoreMain() {
    }

    public static void main(String[] args) throws Exception {
        ProxyArguments arguments = ProxyArguments.of(args);
        String upstream = arguments.upstreamUri().toString();
        JettyListener.run(arguments, new ProxyHandler.Reverse(
                request -> HttpURI.from(upstream + request.getHttpURI().getPathQuery())) {

            @Override
            protected HttpClient newHttpClient() {
                return JettyListener.client(arguments);
            }
        });
    }
}
