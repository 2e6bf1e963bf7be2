package dev.nomadgate.proxy;

import dev.nomadgate.client.Client;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One client request on its way: who sent it, and the server that it is with. */
final class ProxyExchange {

    private static final String ATTRIBUTE = ProxyExchange.class.getName();

    private final ProxyContext proxy;
    private final Client client;
    private final String method;
    private final RawTarget target;
    private final ServerTries tries;
    private final boolean mayBePage;
    private final RequestEnd requestEnd;
    private volatile RequestBody body;
    private volatile ClientOutput output;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Lock outputLock = new ReentrantLock();
    private final AtomicBoolean noted = new AtomicBoolean();
    private volatile Progress progress = new Progress();
    private volatile Consumer<Throwable> withdrawal = nothingSent -> { };
    private volatile boolean answered;
    private volatile long owed = Long.MAX_VALUE;

    ProxyExchange(ProxyContext proxy, Client client, String method, RawTarget target, ServerTries tries,
            boolean mayBePage, RequestEnd requestEnd) {
        this.proxy = proxy;
        this.client = client;
        this.method = method;
        this.target = target;
        this.tries = tries;
        this.mayBePage = mayBePage;
        this.requestEnd = requestEnd;
    }

    static ProxyExchange of(HttpServletRequest request) {
        return (ProxyExchange) request.getAttribute(ATTRIBUTE);
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What it began with, and keeps while the configuration changes. */
    ProxyContext proxy() {
        return proxy;
    }

    Client client() {
        return client;
    }

    String method() {
        return method;
    }

    RawTarget target() {
        return target;
    }

    ServerTries tries() {
        return tries;
    }

    /** Whether the answer may be a page of Nomad's UI, which then has to be adapted. */
    boolean mayBePage() {
        return mayBePage;
    }

    /** That of the tries. */
    Server server() {
        return tries.server();
    }

    RequestBody body() {
        return body;
    }

    void body(RequestBody requestBody) {
        body = requestBody;
    }

    ClientOutput output() {
        return output;
    }

    void output(ClientOutput clientOutput) {
        output = clientOutput;
    }

    /**
     * Notes that the request goes out now, or goes out anew.
     *
     * @param how tells how far it gets
     * @param takeBack ends it, for this client
     */
    void sent(Progress how, Consumer<Throwable> takeBack) {
        progress = how;
        withdrawal = takeBack;
    }

    /** How far the last request got that was sent to a server. */
    Progress progress() {
        return progress;
    }

    /**
     * Ends the exchange in this way, unless it has ended. Nobody touches the client's request or response meanwhile, and
     * nobody may afterwards: the container may give both to another client as soon as the way completes them.
     *
     * @return whether it was ended here
     */
    boolean end(Runnable way) {
        outputLock.lock();
        try {
            boolean first = ended.compareAndSet(false, true);
            if (first) {
                stopReading(RequestBody::end);
                way.run();
            }
            return first;
        } finally {
            outputLock.unlock();
        }
    }

    /**
     * Ends the exchange, which the container has completed by itself, unless it has ended. It does not wait for who is
     * writing or reading: Tomcat tells of it under a lock that a failing write or read takes.
     *
     * @return whether it was ended here
     */
    boolean endedByContainer() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            stopReading(RequestBody::abandon);
        }
        return first;
    }

    /**
     * Ends the exchange with a client that is gone, unless it has ended.
     *
     * @return whether it was ended here
     */
    boolean endGone(AsyncContext context) {
        return end(() -> letGo(context));
    }

    /**
     * Completes the request of a client that is gone, for who ends the exchange. Tomcat may tell nobody that it is over: it
     * may have dropped it, when a write failed while it was at the request itself, or drop it now, over an error page that it
     * cannot write either.
     */
    void letGo(AsyncContext context) {
        noteClientGone();
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // It has dropped it.
        }
        requestEnd.tell();
    }

    /** Uses the client's request or response, unless the exchange has ended; nobody ends it meanwhile. */
    <T> Optional<T> unlessEnded(Supplier<T> use) {
        outputLock.lock();
        try {
            return ended.get() ? Optional.empty() : Optional.of(use.get());
        } finally {
            outputLock.unlock();
        }
    }

    private void stopReading(Consumer<RequestBody> how) {
        RequestBody read = body;
        if (read != null) {
            how.accept(read);
        }
    }

    /** Held by whoever is writing to the client just now. */
    Lock outputLock() {
        return outputLock;
    }

    boolean ended() {
        return ended.get();
    }

    /** Takes back what is still on its way to Nomad or from there. */
    void abort(Throwable cause) {
        withdrawal.accept(cause);
    }

    /** Whether Nomad may rightly be silent for as long as it likes. */
    boolean maySayNothing() {
        return FollowPaths.contains(target.path());
    }

    /** A line in the log, once, that the client left before it had its answer; none if it had all of it. */
    void noteClientGone() {
        if (owed > 0 && noted.compareAndSet(false, true)) {
            proxy.events().info(shown() + ": the client left before it had the whole answer");
        }
    }

    /** A line in the log that the client did not get the rest of its answer: no container names it. */
    void noteCut(String why) {
        proxy.events().warn(shown() + ": " + why);
    }

    private String shown() {
        return EventLog.shown(client, method, target.path());
    }

    /** An answer of this length begins to go to the client. */
    void owes(long bytes) {
        owed = bytes;
    }

    /** The client has been sent these. */
    void paid(long bytes) {
        owed -= bytes;
    }

    /** Whether the client left before it had the whole answer. */
    boolean clientGone() {
        return noted.get();
    }

    /** Whether Nomad's header was passed on to the client's response. */
    boolean answered() {
        return answered;
    }

    void markAnswered() {
        answered = true;
    }
}
