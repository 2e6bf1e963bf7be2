package dev.nomadgate.policy;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Json;
import dev.nomadgate.session.Workload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attempts and policies as the tables of the tests write them. */
final class Attempts {

    private Attempts() {
    }

    /** A policy in which no rule that does not allow it is meant to allow anything. */
    static ExecPolicy enforced(String otherwise, String rules) {
        return policy("enforce", otherwise, rules);
    }

    static ExecPolicy policy(String mode, String otherwise, String rules) {
        return new ExecPolicy(GateConfigReader.read(new ConfigSources(Map.of("nomad-gate.policy.mode", mode,
                "nomad-gate.policy.default", otherwise, "nomad-gate.policy.rules", "[" + rules + "]"),
                Map.of(), Map.of(), Attempts.class.getClassLoader())).policy());
    }

    /**
     * Reads {@code namespace=prod job=web task=sh command=ls_-l who=alice role=sre client=10.0.0.1 at=2026-11-26T09:00:00Z}:
     * what is left out is not known. A command's words have underscores between them; with {@code action=} it is an
     * action, which claims the namespace {@code claims=}.
     */
    static ExecAttempt attempt(String text) {
        Map<String, String> facts = new HashMap<>();
        for (String fact : text.isBlank() ? new String[0] : text.strip().split(" +")) {
            facts.put(fact.substring(0, fact.indexOf('=')), fact.substring(fact.indexOf('=') + 1));
        }
        Workload told = new Workload(fact(facts, "namespace"), fact(facts, "job"), fact(facts, "group"), Optional.empty(),
                Optional.empty(), Optional.empty());
        return new ExecAttempt(target(facts), told, fact(facts, "who"),
                role -> List.of(facts.getOrDefault("role", "").split(",")).contains(role),
                IpLiteral.parse(facts.getOrDefault("client", "192.0.2.1")).orElseThrow(),
                Instant.parse(facts.getOrDefault("at", "2026-11-26T12:00:00Z")));
    }

    private static ExecTarget target(Map<String, String> facts) {
        String task = facts.containsKey("task") ? "task=" + facts.get("task") : "";
        if (facts.containsKey("action")) {
            return ExecTarget.of("/v1/job/" + facts.getOrDefault("asks", "web") + "/action",
                    task + "&allocID=a&action=" + facts.get("action") + "&group=claimed&namespace="
                            + facts.getOrDefault("claims", ""));
        }
        String command = facts.containsKey("command") ? Json.write(List.of(facts.get("command").split("_", -1))) : "";
        return ExecTarget.of("/v1/client/allocation/a/exec",
                task + "&command=" + URLEncoder.encode(facts.getOrDefault("raw", command), StandardCharsets.UTF_8));
    }

    private static Optional<String> fact(Map<String, String> facts, String name) {
        return Optional.ofNullable(facts.get(name));
    }
}
