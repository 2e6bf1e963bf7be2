package dev.nomadgate.exec;

import dev.nomadgate.policy.Decision;
import dev.nomadgate.policy.ExecAttempt;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import dev.nomadgate.upstream.Route;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.Scheduler;

/** What the policy says to one handshake, once Nomad has told about the allocation, where that is of any matter. */
final class PolicyCheck {

    /** Servers that are asked about an allocation, each for {@code identity.timeout} at most. */
    private static final int SERVERS = 2;

    private final ExecContext exec;
    private final Optional<String> token;
    private final ExecAttempt attempt;

    /**
     * To be made in the request's own thread: later the container may not say any more who has which role.
     *
     * @param token in the header of the handshake
     */
    PolicyCheck(ExecContext exec, HttpServletRequest request, HandshakeReport report, Optional<String> token) {
        this.exec = exec;
        this.token = token;
        // Of nobody the container need not be asked, and Jetty throws if what was sent are no credentials.
        Set<String> roles = report.user().isEmpty() ? Set.of()
                : exec.policy().roles().stream().filter(request::isUserInRole).collect(Collectors.toSet());
        this.attempt = new ExecAttempt(report.target(), Workload.UNKNOWN, report.user().map(User::name),
                roles::contains, report.client().address(), report.since());
    }

    /**
     * What was decided, and what Nomad told for it.
     *
     * @param told empty where nobody asked
     */
    record Verdict(Decision decision, Workload told) {
    }

    /** Tells at once, in this thread, where Nomad need not be asked; else within {@code exec.handshake-timeout}. */
    void decide(Consumer<Verdict> then) {
        if (!exec.policy().needsWorkload(attempt)) {
            then.accept(verdict(Workload.UNKNOWN));
            return;
        }
        HttpClient client = exec.client().getHttpClient();
        CompletableFuture<Workload> answer = ask(exec.pool().route(attempt.client()), 1);
        Scheduler.Task tooLong = client.getScheduler().schedule(
                () -> client.getExecutor().execute(() -> answer.complete(Workload.UNKNOWN)),
                exec.config().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        answer.thenAccept(told -> {
            tooLong.cancel();
            then.accept(verdict(told));
        });
    }

    private Verdict verdict(Workload told) {
        return new Verdict(exec.policy().judge(attempt.with(told)), told);
    }

    /** That a server does not know is no proof that it is well: else its end would shut everybody out. */
    private CompletableFuture<Workload> ask(Route route, int tried) {
        Optional<Server> server = route.next();
        ExecTarget target = attempt.target();
        return server.isEmpty() ? CompletableFuture.completedFuture(Workload.UNKNOWN)
                : exec.identity().workload(server.get(), target, token).thenCompose(told ->
                        told.namespace().isEmpty() && tried < SERVERS
                                ? ask(route, tried + 1) : CompletableFuture.completedFuture(told));
    }
}
