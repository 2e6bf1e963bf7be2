package dev.nomadgate.standin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The JSON endpoints: enough of Nomad's to be believed, with blocking queries. */
final class Api {
    private final Cluster cluster;

    Api(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Answers if the path is one of these; false if it is not. */
    boolean answer(Exchange exchange, String path) throws IOException {
        switch (path) {
            case "/v1/agent/health" -> {
                health(exchange);
                return true;
            }
            case "/v1/agent/members" -> {
                if (allowed(exchange)) {
                    exchange.json(members());
                }
                return true;
            }
            case "/v1/status/leader" -> {
                exchange.json("127.0.0.1:4647");
                return true;
            }
            case "/v1/agent/self" -> {
                if (allowed(exchange)) {
                    exchange.json(self());
                }
                return true;
            }
            case "/v1/acl/token/self" -> {
                if (cluster.token == null) {
                    exchange.text(400, "ACL support disabled");
                } else if (allowed(exchange)) {
                    exchange.json(Json.object("AccessorID", StandInNomad.ACCESSOR, "SecretID", cluster.token,
                            "Name", StandInNomad.TOKEN_NAME, "Type", "client", "Policies", List.of("dev")));
                }
                return true;
            }
            case "/v1/jobs", "/v1/allocations", "/v1/job/" + StandInNomad.JOB + "/allocations" -> {
                Object row = path.equals("/v1/jobs") ? job() : allocation();
                query(exchange, 200, List.of(row));
                return true;
            }
            default -> {
                return one(exchange, path);
            }
        }
    }

    /** As Nomad has it: asked of its server side, of its client side or of whatever it is. */
    private void health(Exchange exchange) throws IOException {
        String type = exchange.request().parameter("type");
        String role = cluster.clientAgent ? "client" : "server";
        String wrong = type == null || type.equals(role) ? cluster.illness : type + " not enabled";
        Map<String, Object> health = Map.of(type == null ? role : type,
                Json.object("message", wrong == null ? "ok" : wrong, "ok", wrong == null));
        if (wrong == null) {
            exchange.json(health);
        } else {
            exchange.text(500, Json.write(health));
        }
    }

    private boolean one(Exchange exchange, String path) throws IOException {
        if (path.startsWith("/v1/job/") && path.indexOf('/', 8) < 0) {
            boolean known = Queries.decode(path.substring(8)).equals(StandInNomad.JOB);
            query(exchange, known ? 200 : 404, known ? job() : "job not found");
            return true;
        }
        if (path.startsWith("/v1/allocation/")) {
            String id = path.substring(15);
            if (id.length() != 36) {
                exchange.text(500, Sessions.MALFORMED_ALLOC);
            } else {
                boolean known = id.equals(StandInNomad.ALLOC);
                query(exchange, known ? 200 : 404, known ? allocation() : "alloc not found");
            }
            return true;
        }
        return false;
    }

    /** Waits as the query asks, then answers with Nomad's index fields. */
    private void query(Exchange exchange, int status, Object answer) throws IOException {
        RecordedRequest request = exchange.request();
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            exchange.text(405, "Invalid method");
            return;
        }
        if (!allowed(exchange)) {
            return;
        }
        String seen = request.parameter("index");
        String wait = request.parameter("wait");
        Duration limit = wait == null ? Cluster.DEFAULT_WAIT : Queries.duration(wait);
        if (limit == null) {
            exchange.text(400, "Invalid wait time");
            return;
        }
        if (seen != null) {
            if (!seen.matches("[0-9]{1,18}")) {
                exchange.text(400, "Invalid index");
                return;
            }
            cluster.awaitIndexAfter(Long.parseLong(seen), limit);
        }
        exchange.field("X-Nomad-Index", cluster.index());
        exchange.field("X-Nomad-KnownLeader", true);
        exchange.field("X-Nomad-LastContact", 0);
        if (status == 200) {
            exchange.json(answer);
        } else {
            exchange.text(status, answer.toString());
        }
    }

    private boolean allowed(Exchange exchange) throws IOException {
        return allowed(cluster, exchange);
    }

    /** Checks the token if there are any; false if the refusal has been sent. */
    static boolean allowed(Cluster cluster, Exchange exchange) throws IOException {
        String required = cluster.token;
        String given = token(exchange.request());
        if (required == null || required.equals(given)) {
            return true;
        }
        exchange.text(403, given.isEmpty() ? "Permission denied" : "ACL token not found");
        return false;
    }

    /** The token that Nomad sees in the header fields; empty if none. */
    static String token(RecordedRequest request) {
        String token = request.header("X-Nomad-Token");
        String authorization = request.header("Authorization");
        if ((token == null || token.isEmpty()) && authorization != null) {
            String[] parts = authorization.strip().split(" +", 2);
            token = parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") ? parts[1] : "";
        }
        return token == null ? "" : token.strip();
    }

    private Map<String, Object> job() {
        return Json.object("ID", StandInNomad.JOB, "Name", StandInNomad.JOB, "Namespace", "default",
                "Type", "service", "Status", "running", "Priority", 50, "Datacenters", List.of("dc1"),
                "CreateIndex", 8, "ModifyIndex", cluster.index(), "TaskGroups", List.of(Json.object(
                        "Name", StandInNomad.GROUP, "Count", 1, "Tasks", List.of(Json.object(
                                "Name", StandInNomad.TASK, "Driver", "raw_exec", "Actions", List.of(
                                        Json.object("Name", StandInNomad.ACTION, "Command", "/bin/sh")))))));
    }

    private Map<String, Object> allocation() {
        return Json.object("ID", StandInNomad.ALLOC, "Name", StandInNomad.JOB + "." + StandInNomad.GROUP + "[0]",
                "Namespace", "default", "JobID", StandInNomad.JOB, "TaskGroup", StandInNomad.GROUP,
                "ClientStatus", "running", "DesiredStatus", "run", "NodeName", "stand-in",
                "CreateIndex", 9, "ModifyIndex", cluster.index(),
                "TaskStates", Map.of(StandInNomad.TASK, Json.object("State", "running", "Failed", false)));
    }

    private Map<String, Object> members() {
        return Json.object("ServerName", "stand-in", "ServerRegion", "global", "ServerDC", "dc1",
                "Members", List.of(Json.object("Name", "stand-in.global", "Addr", "127.0.0.1", "Port", 4648,
                        "Tags", Map.of("role", "nomad", "region", "global", "dc", "dc1", "port", "4647"), "Status", "alive")));
    }

    private Map<String, Object> self() {
        return Json.object("config", Json.object("Region", "global", "Datacenter", "dc1",
                        "Version", Json.object("Version", "2.0.6", "VersionPrerelease", "dev")),
                "member", Json.object("Name", "stand-in.global", "Status", "alive"),
                "stats", Json.object("nomad", Json.object("leader", "true", "server", "true")));
    }
}
