package dev.nomadgate.upstream;

import dev.nomadgate.config.Durations;
import dev.nomadgate.config.HealthConfig;
import dev.nomadgate.upstream.PoolSnapshot.Member;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Asks every server at an interval whether it is well. Nomad answers without a token.
 *
 * <p>The checks of a server share one connection, which is no other request's: they pass while all of those are in use,
 * and take one place in Nomad's limit. That the limit is reached says nothing of a server's health, nor does a connection
 * that ends without an answer, which is how Nomad refuses when it is asked too often.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/agent#health">agent/health</a>
 */
public final class HealthChecks {

    private static final String PATH = "/v1/agent/health?type=";
    private static final String SERVER = "server";
    private static final String CLIENT = "client";
    private static final int MAX_ANSWER = 64 * 1024;

    private final HttpClient client;
    private final ServerPool pool;
    private final HealthConfig config;
    private final Set<Server.Endpoint> asked = ConcurrentHashMap.newKeySet();
    private final Set<Server.Endpoint> clientAgents = ConcurrentHashMap.newKeySet();
    private Scheduler.Task next = () -> true;
    private boolean running;

    /**
     * @param client reaches Nomad; its scheduler gives the rhythm
     * @param pool whose servers are asked, and told what they answered
     */
    public HealthChecks(HttpClient client, ServerPool pool, HealthConfig config) {
        this.client = client;
        this.pool = pool;
        this.config = config;
    }

    /** Begins, with the client running; does nothing if checks are switched off. */
    public synchronized void start() {
        running = config.enabled();
        round();
    }

    /** No check begins any more. */
    public synchronized void stop() {
        running = false;
        next.cancel();
    }

    private synchronized void round() {
        if (running) {
            // Not in the timer's one thread, which belongs to everybody.
            client.getExecutor().execute(() -> pool.snapshot().members().stream()
                    .filter(member -> !member.server().down()).forEach(this::check));
            next = client.getScheduler().schedule(this::round, config.interval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void check(Member member) {
        Server server = member.server();
        if (!asked.add(server.endpoint())) {
            return;
        }
        String type = clientAgents.contains(server.endpoint()) ? CLIENT : SERVER;
        Request request = client.newRequest(server.address()).path(PATH + type).tag(HealthChecks.class)
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        ResolvedAddress.lead(request, server).send(new BufferingResponseListener(MAX_ANSWER) {
            @Override
            public void onComplete(Result result) {
                asked.remove(server.endpoint());
                if (result.getResponse() != null && result.isSucceeded()) {
                    answered(member, type, result.getResponse().getStatus(), getContentAsString(StandardCharsets.UTF_8));
                } else if (client.isRunning()) {
                    failed(member, result.getFailure());
                }
            }
        });
    }

    private void answered(Member member, String type, int status, String body) {
        if (status == HttpStatus.TOO_MANY_REQUESTS_429) {
            return;
        }
        if (status < HttpStatus.INTERNAL_SERVER_ERROR_500) {
            member.health().checkPassed(member.server(), config.passes());
            return;
        }
        String message = HealthAnswer.message(body == null ? "" : body).orElse("status " + status);
        if (message.equals(type + " not enabled")) {
            // Nomad's API works at its client agents as well, and so shall the gate before one.
            if (type.equals(SERVER)) {
                clientAgents.add(member.server().endpoint());
            } else {
                clientAgents.remove(member.server().endpoint());
            }
            return;
        }
        member.health().checkFailed(member.server(), "Nomad says that it is not well: " + message, true, config.fails());
    }

    private void failed(Member member, Throwable failure) {
        if (!hungUp(failure)) {
            member.health().checkFailed(member.server(), why(member, failure), false, config.fails());
        }
    }

    private String why(Member member, Throwable failure) {
        return failure instanceof TimeoutException
                ? "no answer to a health check within " + Durations.render(config.timeout()) + " (nomad-gate.health.timeout)"
                : pool.explain(member.server(), failure);
    }

    private static boolean hungUp(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(cause ->
                cause instanceof EOFException || cause instanceof ClosedChannelException
                        || cause instanceof SocketException && !(cause instanceof ConnectException));
    }
}
