package dev.nomadgate.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What both gates are set to: where Nomad is, the limits out of the way, and the rest as shipped. No audit log, as no
 * peer has an access log.
 */
final class GateSettings {

    private static final String CONFIGURATION = """
            nomad-gate {
              servers = ["@SCHEME@://localhost:@UPSTREAM@"]
              upstream.max-connections = 65535
              limits { sessions = 100000, sessions-per-client = 100000, requests = 100000 }
              tls.ca-cert = "@CA@"
            }
            """;

    private GateSettings() {
    }

    static Path write(Site site) throws IOException {
        String text = CONFIGURATION.replace("@CA@", site.isTls() ? "@AUTHORITY@" : "");
        return Files.writeString(site.file("nomad-gate.conf"), Template.fill(text, site));
    }
}
