package dev.nomadgate.config;

import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of SRV records (RFC 2782), made of a server's address and its {@code service} as nginx makes it. */
final class ServiceName {

    private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private ServiceName() {
    }

    static ServerSource source(Server server, String address, String service) throws BadValueException {
        if (!LABELS.matcher(service).matches()) {
            throw new BadValueException("Its service = " + Shown.text(service) + " is not the name of one.",
                    "Write service = \"http\" for _http._tcp, or all labels, such as \"_nomad-http._tcp\".");
        }
        if (URI.create(address).getPort() != -1) {
            throw new BadValueException("The ports of a service stand in its SRV records.", "Remove the port.");
        }
        String prefix = service.contains(".") ? service : "_" + service + "._tcp";
        return new ServerSource(server,
                Optional.of(new ServerSource.Query(prefix + "." + server.address().getHost(), true)));
    }
}
