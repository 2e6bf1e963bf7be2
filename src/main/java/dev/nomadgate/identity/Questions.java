package dev.nomadgate.identity;

import dev.nomadgate.upstream.ResolvedAddress;
import dev.nomadgate.upstream.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;

/**
 * Small questions to Nomad. They have connections of their own, so that they are answered while requests use up all
 * others, and few, because Nomad counts them. Thread-safe.
 */
final class Questions {

    /** Connections, over all servers. */
    private static final int AT_ONCE = 2;
    private static final int WAITING = 1000;
    private static final int MAX_ANSWER = 4 * 1024 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int asked;

    /**
     * What Nomad answered.
     *
     * @param body in UTF-8, at most 4 MiB
     */
    record Answer(int status, String body) {
    }

    /** @param timeout bound on each question, once it is asked */
    Questions(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /**
     * Asks.
     *
     * @param target path and query
     * @return fails if there is no answer in time, or too many wait for theirs
     */
    CompletableFuture<Answer> ask(Server server, String target, Optional<String> token) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Runnable question = () -> send(server, target, token, answer);
        synchronized (this) {
            if (asked >= AT_ONCE) {
                if (waiting.size() >= WAITING) {
                    answer.completeExceptionally(new RejectedExecutionException("too many questions to Nomad"));
                } else {
                    waiting.add(question);
                }
                return answer;
            }
            asked++;
        }
        question.run();
        return answer;
    }

    private void send(Server server, String target, Optional<String> token, CompletableFuture<Answer> answer) {
        Request request = client.newRequest(server.address()).path(target).tag(Questions.class)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        token.ifPresent(secret -> request.headers(headers -> headers.put("X-Nomad-Token", secret)));
        ResolvedAddress.lead(request, server).send(new BufferingResponseListener(MAX_ANSWER) {
            @Override
            public void onComplete(Result result) {
                next();
                if (result.isSucceeded()) {
                    String body = getContentAsString(StandardCharsets.UTF_8);
                    answer.complete(new Answer(result.getResponse().getStatus(), body == null ? "" : body));
                } else {
                    answer.completeExceptionally(result.getFailure());
                }
            }
        });
    }

    private void next() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                asked--;
                return;
            }
        }
        // Not in this thread, whose stack would grow with every question that fails at once.
        client.getExecutor().execute(next);
    }
}
