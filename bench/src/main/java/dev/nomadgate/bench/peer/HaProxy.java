package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * HAProxy for Nomad. {@code http-no-delay}, or a line of a followed log waits for 200 ms. Files are counted for two
 * sides and for the pipes that it splices through.
 */
public final class HaProxy implements Peer {

    private static final String CONFIGURATION = """
            global
              maxconn @CONNECTIONS@
              tune.ssl.cachesize 20000
              ssl-default-bind-options ssl-min-ver TLSv1.2
              ssl-default-server-options ssl-min-ver TLSv1.2
            defaults
              mode http
              option http-no-delay
              option splice-auto
              http-reuse always
              maxconn @CONNECTIONS@
              timeout connect 5s
              timeout client 360s
              timeout server 345s
              timeout http-request 60s
              timeout http-keep-alive 360s
              timeout tunnel 4h
              timeout client-fin 30s
            frontend browsers
              bind 127.0.0.1:@PORT@ backlog 4096@BIND@
              option forwardfor
              http-request set-header X-Forwarded-Proto @SCHEME@
              default_backend nomad
            backend nomad
              balance source
              hash-type consistent
              server one 127.0.0.1:@UPSTREAM@ check inter 5s@SERVER@
            """;

    private static final String VERIFY =
            " ssl verify required ca-file @AUTHORITY@ sni str(localhost) verifyhost localhost";

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public boolean isJava() {
        return false;
    }

    @Override
    public List<String> command(Site site) throws IOException {
        String filled = Template.fill(CONFIGURATION, Map.of(
                "CONNECTIONS", (Limits.openFiles() - 1000) / 3,
                "BIND", site.isTls() ? " ssl crt @BUNDLE@" : "",
                "SERVER", site.isTls() ? VERIFY : ""));
        Files.writeString(site.file("haproxy.cfg"), Template.fill(filled, site));
        return List.of("haproxy", "-f", site.file("haproxy.cfg").toString());
    }

    @Override
    public String version(Installation installation) throws IOException, InterruptedException {
        return Commands.run(installation.bench(), "haproxy", "-v").lines().findFirst().orElse("")
                .replaceFirst("HAProxy version (\\S+).*", "$1");
    }
}
