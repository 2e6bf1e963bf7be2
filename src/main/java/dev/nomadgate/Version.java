package dev.nomadgate;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Which gate this is, as the WAR's manifest says. */
final class Version {

    private static final String UNPACKED = "development";

    private Version() {
    }

    /** The version of the web application; a word for it where it runs from the source tree. */
    static String of(ServletContext context) {
        try (InputStream manifest = context.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            String version = manifest == null ? null
                    : new Manifest(manifest).getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? UNPACKED : version;
        } catch (IOException e) {
            return UNPACKED;
        }
    }
}
