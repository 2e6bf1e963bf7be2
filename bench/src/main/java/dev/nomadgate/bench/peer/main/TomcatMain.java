package dev.nomadgate.bench.peer.main;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Tomcat with the WAR at the root, set up as the README asks. Arguments: WAR, directory, port, and for TLS a key store
 * and its password. Nothing but the JDK and Tomcat may be used here.
 */
public final class TomcatMain {

    private TomcatMain() {
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        Files.createDirectories(directory.resolve("webapps"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        ((StandardHost) tomcat.getHost()).setAutoDeploy(false);
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(errors);
        tomcat.start();
        Context webapp = tomcat.addWebapp(tomcat.getHost(), "", args[0]);
        if (!webapp.getState().isAvailable()) {
            throw new IllegalStateException("the web application did not start: " + webapp.getStateName());
        }
        Connector connector = connector(Integer.parseInt(args[2]));
        if (args.length > 3) {
            secure(connector, args[3], args[4]);
        }
        tomcat.getService().addConnector(connector);
        tomcat.getServer().await();
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("bindOnInit", "false");
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
        connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
        connector.setProperty("maxHttpRequestHeaderSize", "16384");
        connector.setProperty("maxHttpResponseHeaderSize", "16384");
        connector.setProperty("connectionTimeout", "360000");
        connector.setProperty("keepAliveTimeout", "75000");
        // The limits that other peers do not have, or get out of the way as well.
        connector.setProperty("maxConnections", "100000");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("acceptCount", "4096");
        return connector;
    }

    private static void secure(Connector connector, String keyStore, String password) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateKeystoreFile(keyStore);
        certificate.setCertificateKeystorePassword(password);
        certificate.setCertificateKeystoreType("PKCS12");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }
}
