package dev.nomadgate.session;

import dev.nomadgate.session.Outcome.EndedBy;
import dev.nomadgate.upstream.Server;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One session, from its handshake to its end. Thread-safe. */
public final class Session {

    /** Ends a session that has not ended. */
    @FunctionalInterface
    public interface Ending {

        /**
         * Ends it.
         *
         * @param by {@code ADMIN} or {@code GATE}
         * @param words who the operator is, or why the gate ends it
         */
        void end(EndedBy by, String words);
    }

    private final String id;
    private final Instant since;
    private final long began;
    private final InetAddress client;
    private final ExecTarget target;
    private final Server server;
    private final Ending ending;
    private final Traffic fromBrowser = new Traffic();
    private final Traffic fromNomad = new Traffic();
    private volatile Workload workload;
    private volatile Workload told = Workload.UNKNOWN;
    private volatile Optional<User> user = Optional.empty();
    private volatile long activeAt;

    /**
     * @param id of its handshake, as in {@code X-Request-Id}
     * @param since when the handshake came
     * @param began the same by {@link System#nanoTime}
     * @param server that Nomad's side is with
     */
    public Session(String id, Instant since, long began, InetAddress client, ExecTarget target, Server server, Ending ending) {
        this.id = id;
        this.since = since;
        this.began = began;
        this.activeAt = began;
        this.client = client;
        this.target = target;
        this.server = server;
        this.ending = ending;
        this.workload = target.workload();
    }

    public String id() {
        return id;
    }

    public Instant since() {
        return since;
    }

    public InetAddress client() {
        return client;
    }

    public ExecTarget target() {
        return target;
    }

    public Server server() {
        return server;
    }

    /** As far as it is known by now, the client's own claims included where Nomad did not tell. */
    public Workload workload() {
        return workload;
    }

    /** What Nomad told of it; a client's claims are not in it. */
    public Workload told() {
        return told;
    }

    /** Empty while it is not known, and where nobody said: Nomad without ACLs, a container without a realm. */
    public Optional<User> user() {
        return user;
    }

    public Traffic fromBrowser() {
        return fromBrowser;
    }

    public Traffic fromNomad() {
        return fromNomad;
    }

    /** Since when neither input nor output passed; heartbeats are neither. */
    public Duration idle() {
        return Duration.ofNanos(System.nanoTime() - activeAt);
    }

    /** Since its handshake. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Ends it for an operator, with a close that says so. */
    public void endFor(String operator) {
        ending.end(EndedBy.ADMIN, operator);
    }

    /** Ends it by the gate, with a close that says why. */
    public void end(String reason) {
        ending.end(EndedBy.GATE, reason);
    }

    /** Nomad told more of it. */
    public void known(Workload more) {
        told = told.with(more);
        workload = workload.with(more);
    }

    /** It is known now who is in it. */
    public void known(User who) {
        user = Optional.of(who);
    }

    /**
     * A data frame passed.
     *
     * @param active whether it was input or output, rather than a heartbeat
     */
    public void passed(boolean byBrowser, int size, boolean active) {
        (byBrowser ? fromBrowser : fromNomad).add(size);
        if (active) {
            activeAt = System.nanoTime();
        }
    }
}
