package dev.nomadgate.proxy;

import dev.nomadgate.client.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** What the gate refuses because of itself, in words that name the setting. */
public final class Refusals {

    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(5));
    private static final String NOT_SENT = "Nothing was sent to Nomad. ";

    private Refusals() {
    }

    /** The gate has as many sessions as it may have. */
    public static Failure sessions(int limit) {
        return new Failure(503, "The gate has all the sessions it may have",
                limit + " sessions are open, which is nomad-gate.limits.sessions.",
                NOT_SENT + "Try again when others have ended, or raise that setting.", SOON);
    }

    /**
     * The client has as many sessions as one may have.
     *
     * @param client its address as the gate sees it, for operators to see whether it is a proxy's
     */
    public static Failure sessionsPerClient(int limit, InetAddress client) {
        return new Failure(429, "You have all the sessions that one client may have",
                limit + " sessions are open from " + IpLiteral.format(client)
                        + ", which is nomad-gate.limits.sessions-per-client. If that is a proxy, name it in"
                        + " nomad-gate.client.trusted-proxies, or all its clients are one.",
                NOT_SENT + "Close some, or raise that setting.", SOON);
    }

    /** The gate has as many requests in flight as it may have. */
    static Failure requests(int limit) {
        return new Failure(503, "The gate has all the requests it may have",
                limit + " requests are in flight, which is nomad-gate.limits.requests.",
                NOT_SENT + "Try again in a moment, or raise that setting.", SOON);
    }

    /** The header is larger than it may be. */
    static Failure headerSize(long size, long limit) {
        return new Failure(431, "The header of the request is too large",
                "It has " + size + " bytes; nomad-gate.limits.header-size allows " + limit + ".",
                NOT_SENT + "Delete cookies of this site, or raise that setting and the container's own.");
    }

    /** A session would leave no trace where it has to. */
    public static Failure notRecorded(String why) {
        return new Failure(503, "The gate may open no session now", "Sessions have to be put on record here, and "
                + why + ".", NOT_SENT + "The gate's log says what to mend; on-failure says whether it has to be.", SOON);
    }

    /** The gate is about to end and begins nothing new. */
    public static Failure stopping() {
        return new Failure(503, "The gate is being stopped", "It takes on nothing new.",
                NOT_SENT + "Try again in a moment: another gate, or this one once it runs again, will answer.", SOON);
    }
}
