package dev.nomadgate.config;

import com.typesafe.config.ConfigObject;
import dev.nomadgate.client.AddressRanges;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.Origin;
import dev.nomadgate.upstream.tls.TlsMistake;
import dev.nomadgate.upstream.tls.UpstreamTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads and checks the whole configuration. Where it comes from, and what every setting means, is
 * told in {@code reference.conf}, which is also the only place of defaults.
 */
public final class GateConfigReader {

    private static final String ROOT = "nomad-gate";
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final SettingReader root;
    private final List<Mistake> mistakes;

    private GateConfigReader(SettingReader root, List<Mistake> mistakes) {
        this.root = root;
        this.mistakes = mistakes;
    }

    /**
     * The configuration that these sources say.
     *
     * @throws GateConfigException if anything is wrong with it; tells all mistakes at once
     */
    public static GateConfig read(ConfigSources sources) {
        return read(sources, new ReadFiles(Set.of())).config();
    }

    /**
     * The same, which also tells the files that it depends on, whether or not anything is wrong.
     *
     * @param files gets them
     * @throws GateConfigException if anything is wrong with it; tells all mistakes at once
     */
    public static Reading read(ConfigSources sources, ReadFiles files) {
        List<Mistake> mistakes = new ArrayList<>();
        ConfigObject reference = Layers.reference();
        ConfigObject settings = Layers.merge(sources, reference, files, mistakes);
        UnknownSettings.check(settings, reference, mistakes);
        SettingReader root = new SettingReader("", settings, mistakes).section(ROOT);
        Set<String> serverSettings = reference.toConfig().getObject(ROOT + ".server-defaults").keySet();

        GateConfigReader reader = new GateConfigReader(root, mistakes);
        List<ServerSource> servers = new ServersReader(root, serverSettings, mistakes).read();
        LimitsReader limits = new LimitsReader(root);
        GateConfig config = new GateConfig(
                reader.upstream(servers), reader.client(), reader.exec(), limits.limits(), limits.drain(),
                IdentityReader.read(root.section("identity"), mistakes),
                AuditReader.read(root.section("audit")),
                PolicyReader.read(root.section("policy"), mistakes));
        Duration interval = root.section("reload").duration("interval", Duration.ZERO, Duration.ofHours(1));
        config.upstream().files().forEach(files::add);
        config.identity().tokenFile().ifPresent(files::add);
        mistakes.addAll(files.mistakes());
        if (!mistakes.isEmpty()) {
            throw new GateConfigException(mistakes);
        }
        return Reading.of(config, interval, settings);
    }

    /** Where the operator's file is; empty when these sources have none. */
    public static Optional<String> file(ConfigSources sources) {
        return OperatorFile.location(sources);
    }

    private UpstreamConfig upstream(List<ServerSource> servers) {
        SettingReader upstream = root.section("upstream");
        return new UpstreamConfig(
                servers,
                upstream.duration("connect-timeout", MOMENT, Duration.ofMinutes(10)),
                upstream.duration("response-timeout", Duration.ofSeconds(1), Duration.ofHours(24)),
                upstream.duration("idle-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                upstream.integer("max-connections", 1, 65535),
                upstream.duration("acquire-timeout", MOMENT, Duration.ofMinutes(10)),
                upstream.bool("share-queries"),
                upstream.duration("blocking-wait", Duration.ZERO, Duration.ofMinutes(5)),
                tls(),
                HealthReader.read(root.section("health")),
                DiscoveryReader.read(root.section("discovery"), mistakes));
    }

    private TlsConfig tls() {
        SettingReader tls = root.section("tls");
        Optional<Setting> cert = tls.text("client-cert");
        Optional<Setting> key = tls.text("client-key");
        needs(cert, key, "client-key");
        needs(key, cert, "client-cert");
        TlsConfig config = new TlsConfig(
                path(tls, tls.text("ca-cert")),
                path(tls, cert),
                path(tls, key),
                tls.text("server-name").flatMap(name -> tls.checkText(name, HostName::parse)),
                tls.bool("skip-verify"));
        for (TlsMistake mistake : UpstreamTls.checkFiles(config)) {
            String name = mistake.setting().substring((ROOT + ".tls.").length());
            mistakes.add(tls.find(name).orElseThrow()
                    .mistake(sentence(mistake.problem()), sentence(mistake.remedy())));
        }
        return config;
    }

    private static Optional<Path> path(SettingReader tls, Optional<Setting> path) {
        return path.flatMap(setting -> tls.checkText(setting, PemPath::parse));
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private void needs(Optional<Setting> one, Optional<Setting> other, String otherName) {
        if (one.isPresent() && other.isEmpty()) {
            mistakes.add(one.get().mistake("This has no effect without " + otherName + ".",
                    "Set nomad-gate.tls." + otherName + " as well, or neither."));
        }
    }

    private ClientConfig client() {
        SettingReader client = root.section("client");
        List<String> ranges = new ArrayList<>();
        for (Setting range : client.list("trusted-proxies")) {
            client.checkText(range, text -> {
                asked(() -> AddressRanges.of(List.of(text)), "Write an address or a block, such as \"10.0.0.0/8\".");
                return text;
            }).ifPresent(ranges::add);
        }
        Set<String> hosts = new HashSet<>();
        for (Setting host : client.list("allowed-hosts")) {
            client.checkText(host, text -> {
                String name = HostName.parse(text);
                return asked(() -> HostPolicy.hostName(name), "Write the bare name, such as \"nomad.example.com\".");
            }).ifPresent(hosts::add);
        }
        return new ClientConfig(AddressRanges.of(ranges), hosts, origins(client),
                client.duration("body-timeout", MOMENT, Duration.ofHours(1)));
    }

    private ExecConfig exec() {
        SettingReader exec = root.section("exec");
        return new ExecConfig(
                origins(exec),
                exec.bool("require-origin"),
                exec.duration("handshake-timeout", MOMENT, Duration.ofMinutes(10)),
                exec.duration("ping-interval", MOMENT, Duration.ofHours(1)),
                exec.duration("pong-timeout", MOMENT, Duration.ofHours(1)),
                exec.duration("close-timeout", MOMENT, Duration.ofMinutes(10)));
    }

    private static Set<Origin> origins(SettingReader section) {
        Set<Origin> origins = new HashSet<>();
        for (Setting origin : section.list("allowed-origins")) {
            section.checkText(origin, text -> asked(() -> Origin.parse(text),
                    "Write scheme and host, and no path, such as \"https://portal.example.com\"."))
                    .ifPresent(origins::add);
        }
        return origins;
    }

    /** What another room makes of a text; what that room says against it, as the problem. */
    static <T> T asked(Supplier<T> other, String remedy) throws BadValueException {
        try {
            return other.get();
        } catch (IllegalArgumentException e) {
            throw new BadValueException(Shown.text(String.valueOf(e.getMessage())), remedy);
        }
    }
}
