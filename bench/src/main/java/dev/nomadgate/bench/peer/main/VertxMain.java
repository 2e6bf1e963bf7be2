package dev.nomadgate.bench.peer.main;

import dev.nomadgate.bench.wire.Tls;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.httpproxy.HttpProxy;
import java.nio.file.Path;

/** Vert.x's reverse proxy, an event loop for each processor. */
public final class VertxMain {

    private static final int CONNECTIONS = 65_535;

    private VertxMain() {
    }

    public static void main(String[] args) {
        ProxyArguments arguments = ProxyArguments.of(args);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx().deployVerticle(() -> new Loop(arguments), new DeploymentOptions().setInstances(loops))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    private static final class Loop extends VerticleBase {

        private final ProxyArguments arguments;

        private Loop(ProxyArguments arguments) {
            this.arguments = arguments;
        }

        @Override
        public Future<?> start() {
            HttpClientOptions client = new HttpClientOptions();
            HttpServerOptions server = new HttpServerOptions().setHost("127.0.0.1").setPort(arguments.port());
            if (arguments.isTls()) {
                client.setSsl(true).setTrustOptions(store(arguments.trustStore()));
                server.setSsl(true).setKeyCertOptions(store(arguments.keyStore()));
            }
            PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
            HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(client, pool));
            proxy.origin(arguments.upstream(), "localhost");
            return vertx.createHttpServer(server).requestHandler(proxy).listen();
        }

        private static PfxOptions store(Path file) {
            return new PfxOptions().setPath(file.toString()).setPassword(Tls.PASSWORD);
        }
    }
}
