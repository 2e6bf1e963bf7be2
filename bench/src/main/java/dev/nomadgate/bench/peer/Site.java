package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Variant;
import java.nio.file.Path;

/**
 * What a proxy is told before it starts.
 *
 * @param port to listen on, at 127.0.0.1
 * @param upstream the stand-in's port
 * @param directory its own, to work in
 */
public record Site(Variant variant, int port, int upstream, Path directory, Certificates certificates,
        Installation installation) {

    public boolean isTls() {
        return variant == Variant.TLS;
    }

    public String upstreamUrl() {
        return variant.scheme() + "://localhost:" + upstream;
    }

    public Path file(String name) {
        return directory.resolve(name);
    }
}
