package dev.nomadgate.contract.containers.main;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.security.Credential;

/**
 * Jetty as a program embeds it. The connector is set up by the properties of jetty-base, which the parent passes as
 * system properties, so that there is one place that says what Nomad's URIs and long polls need.
 */
public final class JettyMain extends ChildMain {

    private final Server server = new Server();
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final Map<String, WebAppContext> webapps = new HashMap<>();
    private Path workDirectory;

    public static void main(String[] args) {
        new JettyMain().run(args);
    }

    @Override
    void start(Path workDirectory) throws Exception {
        this.workDirectory = workDirectory;
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.from(property("jetty.httpConfig.uriCompliance")));
        http.setRequestHeaderSize(Integer.parseInt(property("jetty.httpConfig.requestHeaderSize")));
        http.setMaxResponseHeaderSize(Integer.parseInt(property("jetty.httpConfig.maxResponseHeaderSize")));
        http.setSendServerVersion(Boolean.parseBoolean(property("jetty.httpConfig.sendServerVersion")));
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.getInteger("test.port", 0));
        connector.setIdleTimeout(Long.parseLong(property("jetty.http.idleTimeout")));
        server.addConnector(connector);
        server.setHandler(contexts);
        if (!USERS.isEmpty()) {
            UserStore users = new UserStore();
            USERS.forEach((name, role) -> users.addUser(name, Credential.getCredential(name), new String[] {role}));
            HashLoginService realm = new HashLoginService("nomad-gate");
            realm.setUserStore(users);
            server.addBean(realm);
        }
        server.setStopAtShutdown(true);
        server.start();
    }

    @Override
    int listen() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    ClassLoader deploy(Path war, String contextPath, Map<String, String> parameters) throws Exception {
        WebAppContext webapp = new WebAppContext(war.toString(), contextPath);
        webapp.setTempDirectory(Files.createTempDirectory(workDirectory, "webapp").toFile());
        webapp.setThrowUnavailableOnStartupException(true);
        // As module logging-jetty does.
        Stream.of("org.slf4j.", "org.eclipse.jetty.logging.").forEach(webapp.getHiddenClassMatcher()::add);
        // As module ee10-websocket-jetty does, by way of ee10-annotations.
        if (hasWebSocket()) {
            JettyWebSocketServletContainerInitializer.configure(webapp, null);
        }
        parameters.forEach(webapp::setInitParameter);
        contexts.addHandler(webapp);
        webapps.put(contextPath, webapp);
        webapp.start();
        return webapp.getClassLoader();
    }

    @Override
    void undeploy(String contextPath) throws Exception {
        WebAppContext webapp = webapps.remove(contextPath);
        webapp.stop();
        contexts.removeHandler(webapp);
        webapp.destroy();
    }

    private static boolean hasWebSocket() {
        return JettyMain.class.getResource(
                "/org/eclipse/jetty/ee10/websocket/server/config/JettyWebSocketServletContainerInitializer.class") != null;
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("jetty-base sets no " + name);
        }
        return value;
    }
}
