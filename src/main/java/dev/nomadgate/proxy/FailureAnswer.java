package dev.nomadgate.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.nomadgate.client.Admission;
import dev.nomadgate.client.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.StringUtil;

/**
 * Sends a {@link Failure}: a page to a browser, JSON to any other client, with the id that finds the
 * line in the log. Thread-safe.
 */
public final class FailureAnswer {

    /** Servlet 6.1, by which a dispatch to an error page is a GET. */
    private static final String ERROR_METHOD = "jakarta.servlet.error.method";

    private final EventLog events;
    // Jackson's default keeps buffers, and with them the WAR's class loader, in the container's threads.
    private final JsonFactory json =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();
    private final String page = template();

    /** @param events gets a line for each */
    public FailureAnswer(EventLog events) {
        this.events = events;
    }

    /**
     * Answers the request if nothing was answered yet. Does not complete an asynchronous context.
     *
     * @throws IOException if the client is gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response, Failure failure) throws IOException {
        send(request, response, failure, false);
    }

    /**
     * Answers the request as {@link #send} does, and has the connection closed: what follows on it may not be the
     * request that it seems to be.
     *
     * @throws IOException if the client is gone
     */
    public void sendAndClose(HttpServletRequest request, HttpServletResponse response, Failure failure)
            throws IOException {
        send(request, response, failure, true);
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Failure failure, boolean close)
            throws IOException {
        String id = RequestId.of(request);
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        response.setStatus(failure.status());
        log(request, failure, id);
        if (close) {
            response.setHeader("Connection", "close");
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(RequestId.HEADER, id);
        failure.retryAfter().ifPresent(after -> response.setHeader("Retry-After", Long.toString(after.toSeconds())));
        byte[] body;
        if (wantsPage(request)) {
            response.setContentType("text/html;charset=utf-8");
            response.setHeader("Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
            body = page(failure, id);
        } else {
            response.setContentType("application/json");
            body = json(failure, id);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void log(HttpServletRequest request, Failure failure, String id) {
        // Of a request that the container refused: where it was dispatched to then is of no interest.
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String refused
                ? refused : request.getRequestURI();
        String method = request.getAttribute(ERROR_METHOD) instanceof String refused ? refused : request.getMethod();
        String who = Admission.find(request).map(client -> EventLog.shown(client, method, path))
                .orElseGet(() -> method + " " + EventLog.printable(path));
        String line = failure.status() + " " + who + ": "
                + failure.title() + " - " + failure.detail().replace("\n", "; ") + " [" + id + "]";
        // Not log.atLevel: Maven 3, in which jetty:run runs, has the SLF4J before it.
        if (failure.status() >= 500) {
            events.warn(line);
        } else {
            events.info(line);
        }
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private byte[] page(Failure failure, String id) {
        return page.replace("{status}", Integer.toString(failure.status()))
                .replace("{id}", id)
                .replace("{title}", StringUtil.sanitizeXmlString(failure.title()))
                .replace("{remedy}", StringUtil.sanitizeXmlString(failure.remedy()))
                .replace("{detail}", StringUtil.sanitizeXmlString(failure.detail()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] json(Failure failure, String id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeNumberField("status", failure.status());
            generator.writeStringField("error", failure.title());
            generator.writeStringField("detail", failure.detail());
            generator.writeStringField("remedy", failure.remedy());
            generator.writeStringField("id", id);
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    private static String template() {
        try (InputStream in = FailureAnswer.class.getResourceAsStream("failure.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
