package dev.nomadgate.contract.hostile;

import dev.nomadgate.standin.RawHttp;
import dev.nomadgate.standin.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of one vector.
 *
 * @param statuses of the answers that came back until the gate ended the connection
 * @param answers everything that came back, for what may not be in it
 * @param upstream what reached Nomad
 */
record Outcome(List<Integer> statuses, String answers, List<RecordedRequest> upstream) {

    /**
     * Sends the bytes and no more, and reads until the gate has nothing left to say.
     *
     * @param end whether the gate is told at once that nothing follows; else with its first answer
     */
    static Outcome of(int port, byte[] bytes, boolean end) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        StringBuilder answers = new StringBuilder();
        try (RawHttp http = RawHttp.connect("127.0.0.1", port)) {
            send(http, bytes, end);
            for (int first; (first = http.peek()) >= 0; ) {
                if (first != 'H') {
                    // An answer without a header, as to HTTP/0.9; or what makes no sense.
                    statuses.add(0);
                    while (http.read() >= 0) {
                        // Not worth a look.
                    }
                    break;
                }
                RawHttp.Head head = http.readHead();
                send(http, new byte[0], head.status() == 101 || head.status() >= 200);
                answers.append(head);
                if (head.status() == 101) {
                    statuses.add(101);
                    while (http.read() >= 0) {
                        // What a session says at its end.
                    }
                } else if (head.status() >= 200) {
                    statuses.add(head.status());
                    answers.append(new String(http.readToEnd(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return new Outcome(statuses, answers.toString(), List.of());
    }

    /** The gate may hang up before it has read everything, and rightly. */
    private static void send(RawHttp http, byte[] bytes, boolean end) {
        try {
            http.write(bytes);
            if (end) {
                http.shutdownOutput();
            }
        } catch (IOException e) {
            // Seen from what comes back.
        }
    }

    Outcome upstream(List<RecordedRequest> requests) {
        return new Outcome(statuses, answers, requests);
    }

    /** Such as {@code 200 400 <- GET /x, POST /y (body)}; a body that did not end stands in square brackets. */
    @Override
    public String toString() {
        return statuses.stream().map(String::valueOf).collect(Collectors.joining(" "))
                + (statuses.isEmpty() ? "closed" : "") + " <- "
                + (upstream.isEmpty() ? "nothing" : upstream.stream().map(Outcome::shown).collect(Collectors.joining(", ")));
    }

    private static String shown(RecordedRequest request) {
        String body = !request.bodyComplete() ? " [broken]"
                : request.bodyLength() == 0 ? "" : " (" + new String(request.body(), StandardCharsets.ISO_8859_1)
                        .replace("\r", "\\r").replace("\n", "\\n") + ")";
        String target = request.rawTarget();
        return request.method() + " " + (target.length() > 100 ? target.substring(0, 20) + "..." : target) + body;
    }
}
