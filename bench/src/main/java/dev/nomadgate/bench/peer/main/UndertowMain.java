package dev.nomadgate.bench.peer.main;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import org.xnio.OptionMap;
import org.xnio.Xnio;

/** Undertow's proxy handler, with its limits out of the way. */
public final class UndertowMain {

    private static final int CONNECTIONS_PER_THREAD = 20_000;

    private UndertowMain() {
    }

    public static void main(String[] args) {
        ProxyArguments arguments = ProxyArguments.of(args);
        LoadBalancingProxyClient client = new LoadBalancingProxyClient()
                .setConnectionsPerThread(CONNECTIONS_PER_THREAD)
                .setSoftMaxConnectionsPerThread(CONNECTIONS_PER_THREAD)
                .setMaxQueueSize(CONNECTIONS_PER_THREAD);
        if (arguments.isTls()) {
            client.addHost(arguments.upstreamUri(), null,
                    new UndertowXnioSsl(Xnio.getInstance(), OptionMap.EMPTY, arguments.client()));
        } else {
            client.addHost(arguments.upstreamUri());
        }
        HttpHandler proxy = ProxyHandler.builder().setProxyClient(client).setMaxRequestTime(-1)
                .setReuseXForwarded(false).setMaxConnectionRetries(1).build();
        Undertow.Builder server = Undertow.builder()
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false);
        if (arguments.isTls()) {
            server.addHttpsListener(arguments.port(), "127.0.0.1", arguments.server());
        } else {
            server.addHttpListener(arguments.port(), "127.0.0.1");
        }
        server.setHandler(proxy).build().start();
    }
}
