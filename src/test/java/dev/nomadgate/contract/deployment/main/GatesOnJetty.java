package dev.nomadgate.contract.deployment.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * Several gates in one Jetty, each told its server by a context parameter. WebSocket is there if its
 * JAR is on the class path.
 *
 * <p>Arguments: the WAR, a directory to work in, then context paths and addresses in turn. Ends when
 * its standard input does.
 */
public final class GatesOnJetty {

    private GatesOnJetty() {
    }

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        server.setHandler(contexts);
        for (int i = 2; i < args.length; i += 2) {
            WebAppContext gate = new WebAppContext(args[0], args[i]);
            gate.setTempDirectory(Files.createTempDirectory(Path.of(args[1]), "gate").toFile());
            gate.setThrowUnavailableOnStartupException(true);
            gate.setInitParameter("nomad-gate.servers", args[i + 1]);
            Stream.of("org.slf4j.", "org.eclipse.jetty.logging.").forEach(gate.getHiddenClassMatcher()::add);
            contexts.addHandler(gate);
        }
        try {
            server.start();
        } catch (Exception e) {
            System.out.println("refused");
            System.exit(1);
        }
        System.out.println("port " + connector.getLocalPort());
        while (System.in.read() >= 0) {
            // Until the parent is gone.
        }
        System.exit(0);
    }
}
