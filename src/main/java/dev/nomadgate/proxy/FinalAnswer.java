package dev.nomadgate.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The gate's own answer to a request that was on its way to Nomad. To be sent as the {@linkplain ProxyExchange#end end}. */
final class FinalAnswer {

    private FinalAnswer() {
    }

    /** Answers, unless something was answered yet, and completes the request. */
    static void send(
            ProxyExchange exchange, HttpServletRequest request, HttpServletResponse response, Failure failure) {
        AsyncContext context = request.getAsyncContext();
        if (response.isCommitted()) {
            // Tomcat has closed it, because it found the client gone.
            exchange.noteClientGone();
        }
        try {
            if (exchange.body() != null && exchange.body().stalled()) {
                exchange.proxy().failureAnswer().sendAndClose(request, response, failure);
                response.flushBuffer();
                // Tomcat would hold a thread to read the rest of the body, which does not come.
                TruncatedResponseException.dispatch(context, request, "the request's body stalled");
                return;
            }
            if (exchange.clientGone()) {
                exchange.letGo(context);
                return;
            }
            exchange.proxy().failureAnswer().send(request, response, failure);
        } catch (IOException e) {
            // The client left before it could be told; the log has been.
        }
        context.complete();
    }
}
