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
        RequestEnd.dispatch(context);
    }

    /** Null if the request was dispatched for another reason. */
    static ServletException of(HttpServletRequest request) {
        return (ServletException) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
