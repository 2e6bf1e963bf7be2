package dev.nomadgate.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Makes the container cut the connection to a client whose answer broke off halfway, so that the
 * client cannot take it for complete.
 *
 * <p>The Servlet API has no call for this. Completing normally would end a chunked body cleanly; but
 * an exception out of a dispatch, with the response committed, leaves a container nothing but to cut.
 * The exception has no stack trace: containers log what reaches them, and one line says it all.
 */
final class TruncatedResponseException extends ServletException {

    private static final long serialVersionUID = 1;
    private static final String ATTRIBUTE = TruncatedResponseException.class.getName();

    private TruncatedResponseException(String message) {
        super(message);
    }

    /** Dispatches the request back to its servlet, which then finds the exception to throw. */
    static void dispatch(AsyncContext context, HttpServletRequest request, String message) {
        request.setAttribute(ATTRIBUTE, new TruncatedResponseException(message));
        try {
            // Any path that leads to the proxy servlet; the client's own might not survive a decoding.
            context.dispatch("/");
        } catch (UnsupportedOperationException | IllegalStateException e) {
            // Tomcat dispatches nothing while it undeploys. There is no other way to end the exchange then, and one that
            // stays would keep the undeployed application in memory.
            context.complete();
        }
    }

    static ServletException of(HttpServletRequest request) {
        return (ServletException) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
