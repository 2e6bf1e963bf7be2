package dev.nomadgate;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which gate this is. */
final class Version {

    private static final String FILE = "/META-INF/maven/dev.nomadgate/nomad-gate/pom.properties";

    private Version() {
    }

    /** As Maven noted it in the WAR; a gate that runs from its source tree ({@code mvn jetty:run}) has none. */
    static String of(ServletContext context) {
        try (InputStream in = context.getResourceAsStream(FILE)) {
            if (in == null) {
                return "development";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
