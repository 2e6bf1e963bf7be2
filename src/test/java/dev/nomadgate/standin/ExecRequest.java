package dev.nomadgate.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a session asks for, checked in Nomad's order and refused in Nomad's words.
 *
 * @param command the words to run
 * @param tty whether on a terminal
 */
record ExecRequest(List<String> command, boolean tty) {
    private static final List<String> GREETING = List.of("/bin/sh", "-c",
            "echo 'Hello from the stand-in.'; echo \"This is the action greet of task $NOMAD_TASK_NAME.\"; echo 'Bye.'");

    /** Checks {@code {"version":1,"auth_token":""}}; returns its token. */
    static String handshake(RecordedRequest request, String message) throws ExecFailure {
        Map<String, Object> handshake;
        try {
            handshake = Json.readObject(message);
        } catch (IOException e) {
            throw ExecFailure.policy("invalid handshake: " + e.getMessage().lines().findFirst().orElse(""));
        }
        String token = handshake.get("auth_token") instanceof String s ? s : "";
        String fromHeader = Api.token(request);
        if (!fromHeader.isEmpty() && !fromHeader.equals(token)) {
            throw ExecFailure.policy("handshake auth token mismatched auth header token");
        }
        Object version = handshake.getOrDefault("version", 0L);
        if (!version.equals(1L)) {
            throw ExecFailure.policy("unexpected handshake value: " + version);
        }
        return token;
    }

    static void authorize(String required, String token) throws ExecFailure {
        if (required != null && token.isEmpty()) {
            throw ExecFailure.internal("Permission denied");
        }
        if (required != null && !required.equals(token)) {
            throw ExecFailure.policy("rpc error: Permission denied");
        }
    }

    /** The command of an exec session. */
    static ExecRequest exec(RecordedRequest request, String alloc) throws ExecFailure {
        List<String> command = command(request.parameter("command"));
        if (alloc.length() != 36) {
            throw ExecFailure.internal(Sessions.MALFORMED_ALLOC);
        }
        if (!alloc.equals(StandInNomad.ALLOC)) {
            throw ExecFailure.policy("Unknown allocation \"" + alloc + "\"");
        }
        task(request);
        if (command.isEmpty()) {
            throw ExecFailure.policy("command is not present");
        }
        return new ExecRequest(command, Queries.flag(request.rawQuery(), "tty"));
    }

    /** The command of an action; on a terminal unless told otherwise, as the UI asks for it. */
    static ExecRequest action(RecordedRequest request, String job) throws ExecFailure {
        if (!Queries.decode(job).equals(StandInNomad.JOB)) {
            throw ExecFailure.policy("Unknown job \"" + job + "\"");
        }
        String alloc = request.parameter("allocID");
        if (alloc != null && !alloc.isEmpty() && !alloc.equals(StandInNomad.ALLOC)) {
            throw ExecFailure.policy("Unknown allocation \"" + alloc + "\"");
        }
        task(request);
        if (!StandInNomad.ACTION.equals(request.parameter("action"))) {
            throw ExecFailure.policy("action " + request.parameter("action") + " not found");
        }
        return new ExecRequest(GREETING, !"false".equals(request.parameter("tty")));
    }

    private static void task(RecordedRequest request) throws ExecFailure {
        String task = request.parameter("task");
        if (task == null || task.isEmpty()) {
            throw ExecFailure.policy("must provide task name");
        }
        if (!task.equals(StandInNomad.TASK)) {
            throw ExecFailure.internal("task not found");
        }
    }

    private static List<String> command(String json) throws ExecFailure {
        try {
            if (Json.read(json == null ? "" : json) instanceof List<?> list) {
                return list.stream().map(String::valueOf).toList();
            }
            throw new IOException("json: cannot unmarshal into Go value of type []string");
        } catch (IOException e) {
            throw ExecFailure.internal("failed to marshal command into json: "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
