package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import dev.nomadgate.upstream.Server;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code servers}, each completed from {@code server-defaults}. */
final class ServersReader {

    private static final String ADDRESS = "address";
    private static final String BACKUP = "backup";
    private static final int MOST = 65535;

    private final SettingReader root;
    private final Set<String> names;
    private final List<Mistake> mistakes;
    private final Map<URI, Setting> seen = new HashMap<>();

    /**
     * @param root the section that holds both settings
     * @param defaults the names in {@code server-defaults}, which an object in {@code servers} may use too
     */
    ServersReader(SettingReader root, Set<String> defaults, List<Mistake> mistakes) {
        this.root = root;
        this.names = new TreeSet<>(defaults);
        this.names.add(ADDRESS);
        this.mistakes = mistakes;
    }

    List<Server> read() {
        int mistakesBefore = mistakes.size();
        SettingReader section = root.section("server-defaults");
        Server defaults = new Server(URI.create("http://any"), Optional.empty(), weight(section), down(section),
                section.bool(BACKUP), maxFails(section), failTimeout(section));
        List<Server> servers = new ArrayList<>();
        for (Setting element : root.list("servers")) {
            server(element, defaults).ifPresent(servers::add);
        }
        if (mistakes.size() == mistakesBefore && servers.stream().allMatch(Server::down)) {
            root.find("servers").ifPresent(setting -> mistakes.add(setting.mistake(
                    servers.isEmpty() ? "There is no server." : "Every server is down.",
                    "Name at least one server that is not down, such as [\"http://127.0.0.1:4646\"].")));
        }
        return servers;
    }

    private Optional<Server> server(Setting element, Server defaults) {
        if (!(element.value() instanceof ConfigObject object)) {
            return address(element).map(defaults::at);
        }
        UnknownSettings.check(element.name(), object, names, mistakes);
        SettingReader own = new SettingReader(element.name(), object, mistakes);
        int weight = object.containsKey("weight") ? weight(own) : defaults.weight();
        boolean down = object.containsKey("down") ? down(own) : defaults.down();
        boolean backup = object.containsKey(BACKUP) ? own.bool(BACKUP) : defaults.backup();
        int maxFails = object.containsKey("max-fails") ? maxFails(own) : defaults.maxFails();
        Duration failTimeout = object.containsKey("fail-timeout") ? failTimeout(own) : defaults.failTimeout();
        Optional<Setting> address = own.find(ADDRESS);
        if (address.isEmpty()) {
            mistakes.add(element.mistake("The server has no address.", "Add address = \"http://host:4646\"."));
        }
        return address.flatMap(this::address)
                .map(uri -> new Server(uri, Optional.empty(), weight, down, backup, maxFails, failTimeout));
    }

    private Optional<URI> address(Setting setting) {
        return root.checkText(setting, text -> {
            URI address = ServerAddress.parse(text);
            Setting first = seen.putIfAbsent(address, setting);
            if (first != null) {
                throw new BadValueException("This server was already named as " + first.name() + ".",
                        "Remove one of the two; to send a server more clients, raise its weight.");
            }
            return address;
        });
    }

    private static int weight(SettingReader reader) {
        return reader.integer("weight", 1, MOST);
    }

    private static boolean down(SettingReader reader) {
        return reader.bool("down");
    }

    private static int maxFails(SettingReader reader) {
        return reader.integer("max-fails", 0, MOST);
    }

    private static Duration failTimeout(SettingReader reader) {
        return reader.duration("fail-timeout", Duration.ofSeconds(1), Duration.ofHours(24));
    }
}
