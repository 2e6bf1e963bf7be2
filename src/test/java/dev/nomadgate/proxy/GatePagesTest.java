package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nomadgate.played.Played;
import dev.nomadgate.played.PlayedOutput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/**
 * Tomcat's error page for a request that another thread found broken, and is about to answer or just answering. The
 * container is played by the test.
 */
class GatePagesTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final FailureAnswer failureAnswer = new FailureAnswer(new EventLog(
            Played.by(Logger.class, (proxy, method, args) -> lines.add((String) args[0])), System::nanoTime));
    private final ProxyContext proxy = new ProxyContext(null, null, null, null, null,
            new Failures(null, Duration.ofSeconds(1)), failureAnswer, null, null, null, null, null);
    private final ProxyExchange exchange = new ProxyExchange(proxy, null, "PUT", null, null, false, null);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>(Map.of(RequestDispatcher.ERROR_STATUS_CODE, 400,
            RequestDispatcher.ERROR_REQUEST_URI, "/v1/jobs", "jakarta.servlet.error.method", "PUT"));
    private final HttpServletRequest request = Played.by(HttpServletRequest.class, this::ofRequest);
    private volatile boolean async = true;
    private volatile boolean gone;

    GatePagesTest() {
        exchange.attachTo(request);
    }

    @Test
    void answersForWhoHasNotYet() throws IOException {
        page();
        assertThat(calls).last().isEqualTo("complete");
        assertThat(calls).contains("setStatus 400").anyMatch(call -> call.contains("\"error\":\"The request broke off\""));
        assertThat(lines).singleElement().asString().startsWith("400 PUT /v1/jobs: The request broke off");
        assertThat(exchange.end(() -> { })).as("left to the other thread").isFalse();
    }

    @Test
    void aClientThatIsGoneIsNoErrorOfThePage() throws IOException {
        gone = true;
        page();
        assertThat(calls).last().isEqualTo("complete");
    }

    @Test
    void waitsForTheAnswerThatIsBeingWrittenAndAddsNothing() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Thread other = new Thread(() -> exchange.end(() -> {
            async = false;
            calls.add("the other's answer");
            await().until(() -> slow.getCount() == 0);
            calls.add("the other's end");
        }));
        other.start();
        await().until(() -> calls.size() == 1);
        Thread tomcat = new Thread(() -> {
            try {
                page();
            } catch (IOException e) {
                calls.add(e.toString());
            }
            calls.add("Tomcat finishes");
        });
        tomcat.start();
        await().until(() -> tomcat.getState() == Thread.State.WAITING || !tomcat.isAlive());
        slow.countDown();
        tomcat.join(20_000);
        other.join(20_000);
        assertThat(calls).containsExactly("the other's answer", "the other's end", "Tomcat finishes");
        assertThat(lines).isEmpty();
    }

    private void page() throws IOException {
        new GatePages(failureAnswer).service(request, Played.by(HttpServletResponse.class, this::ofResponse));
    }

    private Object ofRequest(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "getAttribute" -> attributes.get(args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getDispatcherType" -> DispatcherType.ERROR;
            case "getMethod" -> "GET";
            case "isAsyncStarted" -> async;
            case "getAsyncContext" -> Played.by(AsyncContext.class, (context, called, none) -> calls.add(called.getName()));
            default -> null;
        };
    }

    private Object ofResponse(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "isCommitted" -> false;
            case "setStatus" -> calls.add("setStatus " + args[0]);
            case "getHeaders" -> List.of();
            case "getOutputStream" -> new Output();
            default -> null;
        };
    }

    private final class Output extends PlayedOutput {

        @Override
        public void write(byte[] bytes) throws IOException {
            if (gone) {
                throw new IOException("closed");
            }
            calls.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
