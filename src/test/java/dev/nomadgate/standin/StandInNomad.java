package dev.nomadgate.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A stand-in for a Nomad agent on loopback: its API as far as a proxy can tell the difference, with
 * exact control over the bytes, and a demo task whose exec sessions run real commands.
 *
 * <p>It is not Nomad and is not safe to expose: whoever reaches it may run commands.
 */
public final class StandInNomad implements AutoCloseable {
    /** The demo job. */
    public static final String JOB = "demo";
    /** The demo job's only group. */
    public static final String GROUP = "demo";
    /** The demo group's only task. */
    public static final String TASK = "sh";
    /** The demo task's only action. */
    public static final String ACTION = "greet";
    /** The demo job's only allocation; its exec sessions run real commands. */
    public static final String ALLOC = "de300000-0000-4000-8000-000000000001";
    /** Exec sessions of this allocation echo every frame. */
    public static final String ECHO_ALLOC = "ec400000-0000-4000-8000-000000000002";
    /** Exec sessions of this allocation run the {@link #sessionScript}. */
    public static final String SCRIPT_ALLOC = "5c100000-0000-4000-8000-000000000003";
    /** The accessor of the token that is {@link #requireToken required}. */
    public static final String ACCESSOR = "acce5500-0000-4000-8000-000000000004";
    /** The name of that token. */
    public static final String TOKEN_NAME = "Ada's token";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Cluster cluster = new Cluster();
    private final Commands commands = new Commands();
    private final Sessions sessions = new Sessions(cluster, commands);
    private final Requests requests;
    private final Listener listener;
    private final boolean tls;

    private StandInNomad(int port, SSLContext tls, boolean needClientCert, Consumer<RecordedRequest> instead) {
        this.requests = new Requests(instead);
        try {
            this.tls = tls != null;
            this.listener = new Listener(port, tls, needClientCert, requests, new Router(cluster, sessions));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Plain HTTP on an ephemeral port of 127.0.0.1. */
    public static StandInNomad start() {
        return new StandInNomad(0, null, false, null);
    }

    /** HTTPS on an ephemeral port of 127.0.0.1. */
    public static StandInNomad start(SSLContext tls, boolean needClientCert) {
        return new StandInNomad(0, tls, needClientCert, null);
    }

    /** Plain HTTP on a given port of 127.0.0.1: brings a closed one back where it was. */
    public static StandInNomad startOn(int port) {
        return new StandInNomad(port, null, false, null);
    }

    /**
     * The same for a long run: keeps no record of requests.
     *
     * @param port 0 for any
     * @param requests hears of each, on its connection's thread
     */
    public static StandInNomad startOn(int port, Consumer<RecordedRequest> requests) {
        return new StandInNomad(port, null, false, requests);
    }

    /** Lets the demo task write a line to its log each second. */
    public StandInNomad demo() {
        Threads.start("demo-log", () -> {
            for (int line = 1; !cluster.closed(); line++) {
                log(LocalTime.now().format(TIME) + " demo task: line " + line);
                listener.awaitClose(1000);
            }
        });
        return this;
    }

    public URI address() {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port());
    }

    public int port() {
        return listener.port();
    }

    /** Everything received so far, in order. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /** The first recorded request that fits, waiting up to 15 s for one. */
    public RecordedRequest awaitRequest(Predicate<RecordedRequest> wanted) {
        return requests.await(wanted);
    }

    /** Forgets the recorded requests; nothing else changes. */
    public void clear() {
        requests.clear();
    }

    /** Back to how it started: no requests, scripts, tokens, limit or log lines. Connections stay. */
    public void reset() {
        clear();
        cluster.reset();
        listener.limit(Integer.MAX_VALUE);
    }

    /** Accepted TCP connections that neither side has closed yet. */
    public int openConnections() {
        return listener.openConnections();
    }

    /** The number of the newest connection, as {@link RecordedRequest#connection()} counts. */
    public int newestConnection() {
        return listener.newestConnection();
    }

    /** WebSocket sessions, from their 101 until either side ends TCP. */
    public int openSessions() {
        return sessions.count();
    }

    /** Commands that exec sessions started and that still run. */
    public int runningCommands() {
        return commands.running();
    }

    /** Raises the index and with it answers all blocking queries. */
    public void bumpIndex() {
        cluster.bumpIndex();
    }

    /** The index that answers carry now. */
    public long index() {
        return cluster.index();
    }

    /** Appends a line to the demo task's stdout log. */
    public void log(String line) {
        cluster.log.append(line);
    }

    /** Appends a line to what {@code /v1/agent/monitor} shows. */
    public void monitor(String line) {
        cluster.monitor.append(line);
    }

    /** Sends a line to every open event stream. */
    public void event(String json) {
        cluster.events.append(json);
    }

    /** Turns ACLs on with this one valid token; null turns them off. */
    public void requireToken(String token) {
        cluster.token = token;
    }

    /** Answers requests whose raw target begins with the prefix; the longest prefix wins, upgrades included. */
    public void script(String rawTargetPrefix, Script script) {
        cluster.scripts.put(rawTargetPrefix, script);
    }

    /** What {@code /v1/agent/health} complains of from now on, such as {@code no leader}; null for nothing. */
    public void illness(String message) {
        cluster.illness = message;
    }

    /** Lets {@code /v1/agent/health} answer as a client agent's from now on. */
    public void clientAgent() {
        cluster.clientAgent = true;
    }

    /** What sessions of {@link #SCRIPT_ALLOC} do from now on. */
    public void sessionScript(SessionScript script) {
        cluster.sessionScript = script;
    }

    /** Names this subprotocol in every 101 from now on, which a real Nomad never does; null for none. */
    public void subprotocol(String subprotocol) {
        cluster.subprotocol = subprotocol;
    }

    /**
     * Whether sessions that fail after their handshake end TCP right behind the close frame, as an
     * agent that runs the allocation itself was seen to do (2.0.6-dev). Otherwise, and at first,
     * TCP stays open after every close: the harder case for a proxy.
     */
    public void eofAfterErrors(boolean eof) {
        cluster.eofAfterErrors = eof;
    }

    /**
     * Refuses connections above {@code n} counted ones as Nomad's {@code http_max_conns_per_client}
     * does; WebSockets and event streams do not count once they have started.
     *
     * @return the limit before
     */
    public int connectionLimit(int n) {
        return listener.limit(n);
    }

    /** How many connections count for the limit now, abandoned blocking queries included. */
    public int countedConnections() {
        return listener.countedConnections();
    }

    /** Breaks every connection off with an RST; new ones are accepted as before. */
    public void resetConnections() {
        listener.resetConnections();
    }

    /** Like a machine that is out of breath: nothing is read or written until the end of the stall, nothing is lost. */
    public void stall() {
        listener.stall().begin();
    }

    /** Goes on as if nothing had been. */
    public void endStall() {
        listener.stall().end();
    }

    /** Dies like an agent: no more listening, EOF on every connection, all commands killed. */
    @Override
    public void close() {
        cluster.close();
        listener.close();
        commands.close();
    }

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
