package dev.nomadgate.pages;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.upstream.Placement;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerPool;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Which server an address would get and why, as JSON. */
public final class WhichServlet extends HttpServlet {

    /** Where it is, below the context path; the address is the parameter {@code address}. */
    public static final String PATH = "/gate/api/which";

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    private final transient Supplier<ServerPool> servers;
    private final transient FailureAnswer failureAnswer;

    /** @param servers those in force */
    public WhichServlet(Supplier<ServerPool> servers, FailureAnswer failureAnswer) {
        this.servers = servers;
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Answer.allows(request, response, "GET", "HEAD")) {
            return;
        }
        String text = Objects.requireNonNullElse(request.getParameter("address"), "").strip();
        Optional<InetAddress> address = IpLiteral.parse(text);
        if (address.isPresent()) {
            Answer.json(response, shown(servers.get().place(address.get())));
        } else {
            failureAnswer.send(request, response, notAnAddress(text));
        }
    }

    private static Failure notAnAddress(String text) {
        String shown = EventLog.printable(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
        return new Failure(400, "That is not an IP address",
                text.isEmpty() ? "The parameter address is missing or empty." : "The parameter address is \"" + shown + "\".",
                "Give the address of a client as numbers, such as 192.0.2.7 or 2001:db8::7. Names are not looked up.");
    }

    private static Map<String, Object> shown(Placement placement) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("address", IpLiteral.format(placement.client()));
        shown.put("hashed", placement.client().getAddress().length == 4 ? "its first three numbers" : "the whole address");
        shown.put("server", placement.server().map(Server::toString));
        shown.put("note", placement.note());
        shown.put("steps", placement.steps().stream().map(WhichServlet::shown).toList());
        shown.put("problems", placement.problems());
        return shown;
    }

    private static Map<String, Object> shown(Placement.Step step) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("server", step.server().toString());
        shown.put("point", step.point());
        shown.put("of", step.of());
        shown.put("taken", step.taken());
        shown.put("reason", step.refusal());
        return shown;
    }
}
