package dev.nomadgate.soak;

import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RawWebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One operation of one client, and its connections.
 *
 * @param gate which it talks to
 * @param random all that is left to chance
 * @param mark names it to the servers
 * @param client its address, in the words of a trusted proxy
 */
record Attempt(GateContainer gate, Random random, String mark, String client) {

    static Attempt next(GateContainer gate, Random random, String mark) {
        String client = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
        return new Attempt(gate, random, mark, client);
    }

    RawHttp connect(int receiveBuffer) throws IOException {
        return RawHttp.connect("127.0.0.1", gate.port(), receiveBuffer);
    }

    /** The text of a request that no server can tell from that of another client. */
    String anonymous(String target) {
        return RawHttp.request("GET", "127.0.0.1", gate.port(), target, "X-Forwarded-For: " + client);
    }

    /** The text of a request without a body. */
    String request(String method, String target, String... more) {
        List<String> lines = new ArrayList<>(List.of("X-Forwarded-For: " + client, Servers.MARK + ": " + mark));
        lines.addAll(List.of(more));
        return RawHttp.request(method, "127.0.0.1", gate.port(), target, lines.toArray(String[]::new));
    }

    /** Opens a session with an allocation. */
    RawWebSocket session(String allocation, String query, int receiveBuffer, Map<String, String> more) throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("X-Forwarded-For", client);
        headers.put(Servers.MARK, mark);
        return RawWebSocket.open("127.0.0.1", gate.port(),
                "/v1/client/allocation/" + allocation + "/exec?task=sh&tty=false&" + query, headers, receiveBuffer);
    }

    /** Between the bounds, the second one not included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** How a person's pauses are made; nothing waits for what happens meanwhile. */
    void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
