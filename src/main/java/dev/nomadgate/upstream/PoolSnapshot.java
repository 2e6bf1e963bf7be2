package dev.nomadgate.upstream;

import dev.nomadgate.upstream.Placement.Step;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The servers at one time, in the order in which the hash counts them. Immutable, but for what becomes known of each. */
final class PoolSnapshot {

    /** A server and what is known of its health. */
    record Member(Server server, ServerHealth health) {

        /** In a few words; empty when it is not. */
        String leftOutBecause() {
            return server.down() ? "marked down in the configuration" : health.reason(server);
        }
    }

    private final List<Member> members;
    private final List<String> problems;
    private final Group primaries;
    private final Group backups;

    /**
     * @param members in configuration order
     * @param problems why there are not more of them, one line each
     */
    PoolSnapshot(List<Member> members, List<String> problems) {
        this.members = List.copyOf(members);
        this.problems = List.copyOf(problems);
        this.primaries = new Group(this.members.stream().filter(member -> !member.server().backup()).toList());
        this.backups = new Group(this.members.stream().filter(member -> member.server().backup()).toList());
    }

    List<Member> members() {
        return members;
    }

    List<String> problems() {
        return problems;
    }

    /** This client's first choice among the primaries that are eligible, else among the backups. */
    Optional<Member> choose(InetAddress client, Predicate<Member> eligible) {
        return primaries.choose(client, eligible).or(() -> backups.choose(client, eligible));
    }

    /**
     * The way to what {@link #choose} answers.
     *
     * @param reason why a member may not be chosen; empty if it may
     */
    List<Step> steps(InetAddress client, Function<Member, String> reason) {
        List<Step> steps = new ArrayList<>(primaries.steps(client, reason));
        if (steps.stream().noneMatch(Step::taken)) {
            steps.addAll(backups.steps(client, reason));
        }
        return steps;
    }

    /** Servers that are hashed among each other: that there are backups moves nobody. */
    private static final class Group {

        private final List<Member> members;
        private final IpHash hash;

        private Group(List<Member> members) {
            this.members = members;
            // There is none of no servers, and nobody who would ask it.
            hash = members.isEmpty() ? null : new IpHash(members.stream().map(member -> member.server().weight()).toList());
        }

        Optional<Member> choose(InetAddress client, Predicate<Member> eligible) {
            // Asked once each: health may change meanwhile.
            BitSet chosen = new BitSet();
            for (int i = 0; i < members.size(); i++) {
                chosen.set(i, eligible.test(members.get(i)));
            }
            return chosen.isEmpty()
                    ? Optional.empty()
                    : Optional.of(members.get(hash.walk(client).next(chosen::get).getAsInt()));
        }

        List<Step> steps(InetAddress client, Function<Member, String> reason) {
            if (members.isEmpty()) {
                return List.of();
            }
            List<String> reasons = members.stream().map(reason).toList();
            boolean inVain = reasons.stream().noneMatch(String::isEmpty);
            BitSet seen = new BitSet();
            List<Step> steps = new ArrayList<>();
            for (IpHash.Step step : hash.steps(client, server -> reasons.get(server).isEmpty())) {
                // Nobody asks the hash where nobody may be chosen, so it is enough to name each once.
                if (!inVain || !seen.get(step.server())) {
                    seen.set(step.server());
                    steps.add(new Step(members.get(step.server()).server(), step.point(), step.of(),
                            reasons.get(step.server())));
                }
            }
            return steps;
        }
    }
}
