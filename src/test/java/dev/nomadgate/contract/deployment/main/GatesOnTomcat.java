package dev.nomadgate.contract.deployment.main;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;

/** As {@link GatesOnJetty}, in Tomcat. */
public final class GatesOnTomcat {

    private GatesOnTomcat() {
    }

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[1]);
        Files.createDirectories(Path.of(args[1], "webapps"));
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        ((StandardHost) tomcat.getHost()).setAutoDeploy(false);
        boolean available = true;
        for (int i = 2; i < args.length; i += 2) {
            Context gate = tomcat.addWebapp(args[i], args[0]);
            gate.addParameter("nomad-gate.servers", args[i + 1]);
        }
        tomcat.start();
        for (var gate : tomcat.getHost().findChildren()) {
            available &= gate.getState().isAvailable();
        }
        if (!available) {
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
