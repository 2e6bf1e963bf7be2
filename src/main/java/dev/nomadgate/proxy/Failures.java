package dev.nomadgate.proxy;

import dev.nomadgate.config.TlsConfig;
import dev.nomadgate.upstream.Route;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.tls.TlsRefusal;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what can go wrong between gate and Nomad into words and statuses. Thread-safe. */
public final class Failures {

    private static final Duration RETRY_SOON = Duration.ofSeconds(5);

    private final TlsConfig tls;
    private final Duration connectTimeout;

    /**
     * @param tls what servers are verified against, to say what was expected
     * @param connectTimeout the bound on connecting, to say what was waited for
     */
    public Failures(TlsConfig tls, Duration connectTimeout) {
        this.tls = tls;
        this.connectTimeout = connectTimeout;
    }

    /** No server on this way could be connected to: 502 if TLS is the reason on one of them, else 503. Names each. */
    public Failure unreachable(Route route) {
        return unreachable(route.failures(), route.untried());
    }

    private Failure unreachable(Map<Server, Throwable> causes, List<String> untried) {
        boolean refusedByTls = causes.entrySet().stream()
                .anyMatch(entry -> tlsRefusal(entry.getKey(), entry.getValue()).isPresent());
        String detail = Stream.concat(causes.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + reason(entry.getKey(), entry.getValue())), untried.stream())
                .collect(Collectors.joining("\n"));
        return refusedByTls
                ? new Failure(502, "TLS with Nomad failed", detail,
                        "Compare the certificate with the settings under nomad-gate.tls.")
                : new Failure(503, "No Nomad server can be reached", detail,
                        "Check that Nomad runs and that nomad-gate.servers names its HTTP addresses.",
                        Optional.of(RETRY_SOON));
    }

    /** Why one server could not be connected to, in one line. */
    public String reason(Server server, Throwable cause) {
        return tlsRefusal(server, cause).orElseGet(() -> plainReason(cause));
    }

    /**
     * The server accepted the request and has not begun to answer in time.
     *
     * @param setting the full name of the bound
     */
    public Failure timedOut(Server server, Duration bound, String setting) {
        return new Failure(504, "Nomad did not answer in time",
                server + " sent no answer within " + seconds(bound) + ".",
                "Look at that server's load and leader; the bound is " + setting + ".");
    }

    /**
     * The server closed the connection after the request was sent and before it answered. With TLS 1.3 it may do so
     * because it refuses the gate's certificate, which it says only then.
     */
    public Failure broken(Server server, Throwable cause) {
        if (tlsRefusal(server, cause).isPresent()) {
            return unreachable(Map.of(server, cause), List.of());
        }
        return new Failure(502, "Nomad closed the connection",
                server + " closed the connection without an answer.",
                "Look at that server's log: it may have been stopped, or its limit of connections from one address,"
                        + " http_max_conns_per_client, may be reached. Whether it acted on the request is not known.");
    }

    /** The server answered an ordinary request with a change of protocol (RFC 9110 §15.2.2). */
    public Failure switchedProtocols(Server server) {
        return new Failure(502, "Nomad's answer makes no sense",
                server + " switched to another protocol, which nobody had asked for.",
                "Check that a Nomad server, and nothing else, listens at that address.");
    }

    /** The target holds what no URI may hold. */
    public Failure notUri() {
        return new Failure(400, "The address is not a valid URI",
                "It holds a character that has to be percent-encoded.", "Nothing was sent to Nomad.");
    }

    /** CONNECT asks for a tunnel, and TRACE shows a page the fields that it may not see: neither is for Nomad. */
    public Failure notForwarded(String method) {
        return new Failure(405, "The gate does not forward " + method,
                method.equals("CONNECT") ? "CONNECT is for forward proxies." : "TRACE would send back what is secret.",
                "Send requests for Nomad's API to the gate itself.");
    }

    /**
     * The client did not send the body that it had announced; most often it left.
     *
     * @param begun whether a server was asked
     */
    public Failure requestBroken(boolean begun) {
        return new Failure(400, "The request broke off", "Its body ended before it was complete, or is malformed.",
                partOf(begun));
    }

    /**
     * The client sends nothing more of the body that it had announced.
     *
     * @param begun whether a server was asked
     */
    public Failure requestStalled(Duration bound, boolean begun) {
        return new Failure(408, "The request stalled",
                "Nothing came of its body for " + seconds(bound) + ", and it is not complete.",
                "The bound is nomad-gate.client.body-timeout. " + partOf(begun));
    }

    private static String partOf(boolean begun) {
        return begun ? "Nomad may have received a part of it." : "Nothing was sent to Nomad.";
    }

    /** The gate ends, or is deployed anew, while it waits for the server's answer. */
    public Failure stopping() {
        return new Failure(503, "The gate is being stopped", "It waited for Nomad's answer when it was undeployed.",
                "Try again when it is deployed again. Whether Nomad acted on the request is not known.",
                Optional.of(RETRY_SOON));
    }

    /** The server refused the connection because the gate holds too many. */
    public Failure connectionLimit(Server server) {
        return new Failure(503, "Nomad's connection limit is reached",
                server + " refuses further connections from the gate's address.",
                "Raise limits.http_max_conns_per_client in Nomad's configuration (default 100), or lower"
                        + " nomad-gate.upstream.max-connections beneath it.",
                Optional.of(RETRY_SOON));
    }

    /** Every connection that the gate may hold to the server is in use. */
    public Failure poolExhausted(Server server, int maxConnections) {
        return new Failure(503, "All connections to Nomad are in use",
                "All " + maxConnections + " connections to " + server + " are in use by requests that are"
                        + " still waiting for their answer.",
                "Raise nomad-gate.upstream.max-connections, and with it limits.http_max_conns_per_client in"
                        + " Nomad's configuration (default 100).",
                Optional.of(RETRY_SOON));
    }

    private Optional<String> tlsRefusal(Server server, Throwable cause) {
        return server.secure() ? TlsRefusal.explain(cause, server.address().getHost(), tls) : Optional.empty();
    }

    private String plainReason(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
                return "its name cannot be resolved";
            }
            if (t instanceof SocketTimeoutException || t instanceof TimeoutException) {
                return "no connection within " + seconds(connectTimeout);
            }
            if (t instanceof NoRouteToHostException) {
                return "no route to its address";
            }
            if (t instanceof ConnectException) {
                return "connection refused";
            }
            if (t instanceof SocketException && String.valueOf(t.getMessage()).contains("reset")) {
                return "it reset the connection without an answer";
            }
            if (t instanceof ClosedChannelException || t instanceof EOFException) {
                return "it closed the connection without an answer; its limit of connections from one address,"
                        + " http_max_conns_per_client, may be reached";
            }
        }
        return "connecting failed";
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
