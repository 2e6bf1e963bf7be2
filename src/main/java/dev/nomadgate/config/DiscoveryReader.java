package dev.nomadgate.config;

import dev.nomadgate.client.IpLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code discovery}. */
final class DiscoveryReader {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[0-9.]+)(?::([0-9]{1,5}))?");
    private static final int DNS = 53;

    private final SettingReader discovery;
    private final List<Mistake> mistakes;

    private DiscoveryReader(SettingReader discovery, List<Mistake> mistakes) {
        this.discovery = discovery;
        this.mistakes = mistakes;
    }

    static DiscoveryConfig read(SettingReader discovery, List<Mistake> mistakes) {
        return new DiscoveryReader(discovery, mistakes).read();
    }

    private DiscoveryConfig read() {
        List<InetSocketAddress> resolver = new ArrayList<>();
        for (Setting address : discovery.list("resolver")) {
            discovery.checkText(address, DiscoveryReader::address).ifPresent(resolver::add);
        }
        return new DiscoveryConfig(resolver,
                discovery.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                discovery.bool("members"),
                discovery.duration("members-interval", Duration.ofMillis(100), Duration.ofHours(1)),
                token(),
                discovery.text("token-file").map(Setting::text).flatMap(DiscoveryReader::path));
    }

    private static InetSocketAddress address(String text) throws BadValueException {
        Matcher parts = WITH_PORT.matcher(text);
        if (parts.matches()) {
            int port = parts.group(2) == null ? DNS : Integer.parseInt(parts.group(2));
            var address = IpLiteral.parse(parts.group(1));
            if (address.isPresent() && port >= 1 && port <= 65535) {
                return new InetSocketAddress(address.get(), port);
            }
        }
        throw new BadValueException("This is not the address of a DNS server.",
                "Write an IP address and, unless it is 53, a port, such as \"127.0.0.1:8600\" or \"[::1]:53\".");
    }

    private Optional<String> token() {
        Optional<Setting> token = discovery.text("token");
        Optional<Setting> file = discovery.text("token-file");
        if (token.isPresent() && file.isPresent()) {
            mistakes.add(file.get().mistake("There is a token besides this file.", "Set one of the two."));
        }
        return token.map(setting -> setting.text().strip())
                .or(() -> file.flatMap(setting -> discovery.checkText(setting, DiscoveryReader::firstLine)));
    }

    /** None for what is no path, which reading it has told. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String firstLine(String path) throws BadValueException {
        try {
            String line = Files.readString(Path.of(path), StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
            if (line.isEmpty()) {
                throw new BadValueException("There is no token in its first line.", "Write the token's secret id there.");
            }
            return line;
        } catch (IOException | RuntimeException e) {
            throw new BadValueException("This file cannot be read.", "Give a file that the gate may read.");
        }
    }
}
