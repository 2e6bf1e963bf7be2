package dev.nomadgate.config;

import dev.nomadgate.client.IpLiteral;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        TokenSetting token = new TokenSetting(discovery, mistakes);
        return new DiscoveryConfig(resolver,
                discovery.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1)),
                discovery.bool("members"),
                discovery.duration("members-interval", Duration.ofMillis(100), Duration.ofHours(1)),
                token.token(),
                token.file());
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
}
