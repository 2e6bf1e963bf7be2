package dev.nomadgate.bench.run;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.peer.Certificates;
import dev.nomadgate.bench.peer.Installation;
import dev.nomadgate.bench.peer.Peer;
import dev.nomadgate.bench.peer.Peers;
import dev.nomadgate.bench.process.Launcher;
import dev.nomadgate.bench.process.Nursery;
import dev.nomadgate.bench.process.Upstream;
import dev.nomadgate.bench.report.Machine;
import dev.nomadgate.bench.report.Report;
import dev.nomadgate.bench.report.Results;
import dev.nomadgate.bench.row.Effort;
import dev.nomadgate.bench.row.Row;
import dev.nomadgate.bench.row.Rows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The whole run. This process is the generator; its first argument is the directory of this project. */
public final class Bench {

    private static final String HEAP = "-Xmx2g";

    private Bench() {
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.of(Path.of(args[0]).toAbsolutePath(), Arrays.copyOfRange(args, 1, args.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        run(options);
        System.exit(0);
    }

    private static void run(Options options) throws Exception {
        Effort effort = options.effort();
        Installation installation = new Installation(options.bench(), options.tree(), options.war(),
                options.java(), HEAP, options.jvmArgs());
        List<Row> rows = Rows.all(effort).stream().filter(row -> options.wantsRow(row.name())).toList();
        List<Peer> peers = Peers.all().stream().filter(peer -> options.wantsPeer(peer.name())).toList();
        Path directory = empty(options.bench().resolve("target/work"));
        Certificates certificates = Certificates.create(directory.resolve("certificates"));
        Machine machine = Machine.look(effort, installation, peers);
        Nursery nursery = new Nursery();
        Upstream upstream = Upstream.start(nursery, installation, certificates, directory.resolve("upstream"));
        Launcher launcher = new Launcher(nursery, installation, certificates, upstream, directory);

        Results results = new Results();
        List<Standing> places = places(rows, peers, launcher, effort);
        warmAll(rows, places);
        Report report = new Report(machine, rows, results);
        // Each time, so that a run that is ended early is not for nothing.
        new Rounds(rows, places, results, Bench::log).run(options.rounds(), () -> report.write(options.results()));
        log("done; see " + options.results().resolve("results.md"));
    }

    private static List<Standing> places(List<Row> rows, List<Peer> peers, Launcher launcher, Effort effort) {
        Warming warming = new Warming(rows, effort, Bench::log);
        List<Standing> places = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            places.add(new Standing(null, variant, launcher, warming, effort));
            peers.forEach(peer -> places.add(new Standing(peer, variant, launcher, warming, effort)));
        }
        return places;
    }

    /** All of them, before the first round; one that does not start is found out again when it is measured. */
    private static void warmAll(List<Row> rows, List<Standing> places) {
        for (Standing place : places) {
            boolean needed = rows.stream().anyMatch(row -> row.usesStanding() && place.isFor(row));
            try {
                if (needed) {
                    place.standing();
                }
            } catch (Exception e) {
                log(place.name() + " " + place.variant().label() + " does not start: " + e);
            }
        }
    }

    private static void log(String line) {
        long seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        System.out.printf("%4d s  %s%n", seconds, line);
    }

    private static Path empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
