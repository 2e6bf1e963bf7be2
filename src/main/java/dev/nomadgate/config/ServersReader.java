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
    private static final String RESOLVE = "resolve";
    private static final String SERVICE = "service";
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

    List<ServerSource> read() {
        int mistakesBefore = mistakes.size();
        SettingReader section = root.section("server-defaults");
        Defaults defaults = new Defaults(new Server(URI.create("http://any"), Optional.empty(), weight(section),
                down(section), section.bool(BACKUP), maxFails(section), failTimeout(section)),
                section.bool(RESOLVE), section.text(SERVICE));
        List<ServerSource> servers = new ArrayList<>();
        for (Setting element : root.list("servers")) {
            server(element, defaults).ifPresent(servers::add);
        }
        if (mistakes.size() == mistakesBefore && servers.stream().allMatch(source -> source.server().down())) {
            root.find("servers").ifPresent(setting -> mistakes.add(setting.mistake(
                    servers.isEmpty() ? "There is no server." : "Every server is down.",
                    "Name at least one server that is not down, such as [\"http://127.0.0.1:4646\"].")));
        }
        return servers;
    }

    private Optional<ServerSource> server(Setting element, Defaults defaults) {
        if (!(element.value() instanceof ConfigObject object)) {
            return source(element, defaults.server(), defaults.resolve(), defaults.service());
        }
        UnknownSettings.check(element.name(), object, names, mistakes);
        SettingReader own = new SettingReader(element.name(), object, mistakes);
        Server other = defaults.server();
        int weight = object.containsKey("weight") ? weight(own) : other.weight();
        boolean down = object.containsKey("down") ? down(own) : other.down();
        boolean backup = object.containsKey(BACKUP) ? own.bool(BACKUP) : other.backup();
        int maxFails = object.containsKey("max-fails") ? maxFails(own) : other.maxFails();
        Duration failTimeout = object.containsKey("fail-timeout") ? failTimeout(own) : other.failTimeout();
        boolean resolve = object.containsKey(RESOLVE) ? own.bool(RESOLVE) : defaults.resolve();
        Optional<Setting> service = object.containsKey(SERVICE) ? own.text(SERVICE) : defaults.service();
        Optional<Setting> address = own.find(ADDRESS);
        if (address.isEmpty()) {
            mistakes.add(element.mistake("The server has no address.", "Add address = \"http://host:4646\"."));
        }
        return address.flatMap(setting -> source(setting,
                new Server(other.address(), Optional.empty(), weight, down, backup, maxFails, failTimeout), resolve, service));
    }

    private Optional<ServerSource> source(Setting address, Server like, boolean resolve, Optional<Setting> service) {
        Optional<Server> server = address(address).map(like::at);
        if (server.isPresent() && service.isPresent()) {
            return root.check(address, setting -> ServiceName.source(server.get(), setting.text(), service.get().text()));
        }
        return server.map(found -> new ServerSource(found, resolve
                ? Optional.of(new ServerSource.Query(found.address().getHost(), false)) : Optional.empty()));
    }

    /** What a server has that does not say otherwise. */
    private record Defaults(Server server, boolean resolve, Optional<Setting> service) {
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
