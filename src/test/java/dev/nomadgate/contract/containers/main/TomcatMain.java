package dev.nomadgate.contract.containers.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.realm.LockOutRealm;
import org.apache.catalina.realm.UserDatabaseRealm;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AccessLogValve;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat 10.1 or 11, with the connector settings that the README asks an operator to make. */
public final class TomcatMain extends ChildMain {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector(System.getProperty("test.protocol", "HTTP/1.1"));
    private final Map<String, Context> webapps = new HashMap<>();

    public static void main(String[] args) {
        new TomcatMain().run(args);
    }

    @Override
    void start(Path workDirectory) throws Exception {
        tomcat.setBaseDir(workDirectory.toString());
        Files.createDirectories(workDirectory.resolve("webapps"));
        connector.setPort(Integer.getInteger("test.port", 0));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("bindOnInit", "false");
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
        connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        connector.setProperty("connectionTimeout", "360000");
        connector.setProperty("keepAliveTimeout", "75000");
        connector.setProperty("maxHttpRequestHeaderSize", "16384");
        connector.setProperty("maxHttpResponseHeaderSize", "16384");
        setUpTls();
        ((StandardHost) tomcat.getHost()).setAutoDeploy(false);
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(errors);
        setUpRealm(workDirectory);
        AccessLogValve log = new AccessLogValve();
        log.setDirectory(workDirectory.resolve("logs").toString());
        log.setPattern("%h %l %u %t \"%m %U %H\" %s %b %{X-Request-Id}o");
        log.setBuffered(false);
        tomcat.getHost().getPipeline().addValve(log);
        tomcat.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    private void setUpTls() {
        if (System.getProperty("test.certificate") == null) {
            return;
        }
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(System.getProperty("test.certificate"));
        certificate.setCertificateKeyFile(System.getProperty("test.certificate-key"));
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }

    /** As in Tomcat's own server.xml. */
    private void setUpRealm(Path workDirectory) throws IOException {
        Path conf = Files.createDirectories(workDirectory.resolve("conf"));
        Files.writeString(conf.resolve("tomcat-users.xml"), USERS.entrySet().stream()
                .map(user -> "<user username='%s' password='%1$s' roles='%s'/>".formatted(user.getKey(), user.getValue()))
                .collect(Collectors.joining("", "<tomcat-users xmlns='http://tomcat.apache.org/xml'>", "</tomcat-users>")));
        ContextResource users = new ContextResource();
        users.setName("UserDatabase");
        users.setType("org.apache.catalina.UserDatabase");
        users.setProperty("factory", "org.apache.catalina.users.MemoryUserDatabaseFactory");
        users.setProperty("pathname", "conf/tomcat-users.xml");
        tomcat.enableNaming();
        tomcat.getServer().getGlobalNamingResources().addResource(users);
        LockOutRealm realm = new LockOutRealm();
        realm.addRealm(new UserDatabaseRealm());
        tomcat.getEngine().setRealm(realm);
    }

    /** Last, as a Tomcat does that deploys its webapps. */
    @Override
    int listen() {
        tomcat.getService().addConnector(connector);
        return connector.getLocalPort();
    }

    @Override
    ClassLoader deploy(Path war, String contextPath, Map<String, String> parameters) {
        ContextConfig lifecycle = new ContextConfig() {
            @Override
            protected synchronized void configureStart() {
                // Here as a context file's <Parameter> would be, before the web application's own listeners look.
                parameters.forEach(context::addParameter);
                super.configureStart();
            }
        };
        String path = contextPath.equals("/") ? "" : contextPath;
        Context webapp = tomcat.addWebapp(tomcat.getHost(), path, war.toString(), lifecycle);
        if (!webapp.getState().isAvailable()) {
            throw new IllegalStateException("the web application did not start: " + webapp.getStateName());
        }
        webapps.put(contextPath, webapp);
        return webapp.getLoader().getClassLoader();
    }

    @Override
    void undeploy(String contextPath) throws Exception {
        Context webapp = webapps.remove(contextPath);
        tomcat.getHost().removeChild(webapp);
        webapp.destroy();
    }

    private void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
