package dev.nomadgate.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/** The end of a request, however it comes about. */
public final class RequestEnd {

    private static final String ATTRIBUTE = RequestEnd.class.getName();

    private RequestEnd() {
    }

    /**
     * Runs a task once, when the request is over: now, unless it goes on asynchronously. To be called by a filter, on its
     * way back.
     */
    public static void then(HttpServletRequest request, Runnable task) {
        Listener listener = new Listener(task, (Listener) request.getAttribute(ATTRIBUTE));
        request.setAttribute(ATTRIBUTE, listener);
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(listener);
                return;
            }
        } catch (IllegalStateException e) {
            // Completed by another thread at this very moment.
        }
        listener.run();
    }

    /** Ends a request back in its servlet, which is to {@link #tell}. */
    static void dispatch(AsyncContext context) {
        try {
            // Any path that leads to the proxy servlet; the client's own might not survive a decoding.
            context.dispatch("/");
        } catch (UnsupportedOperationException | IllegalStateException e) {
            // Tomcat dispatches nothing while it undeploys. There is no other way to end the exchange then, and one that
            // stays would keep the undeployed application in memory.
            context.complete();
        }
    }

    /**
     * The request is over, and the container may tell nobody: Jetty has none of its listeners hear of an answer that it
     * cuts, nor Tomcat of the end of a request whose client it found gone on a thread of the gate's.
     */
    static void tell(HttpServletRequest request) {
        for (Listener listener = (Listener) request.getAttribute(ATTRIBUTE); listener != null; listener = listener.former) {
            listener.run();
        }
    }

    /** The container tells the end of every other request. */
    private static final class Listener implements AsyncListener {

        private final Runnable task;
        private final Listener former;
        private final AtomicBoolean told = new AtomicBoolean();

        private Listener(Runnable task, Listener former) {
            this.task = task;
            this.former = former;
        }

        private void run() {
            if (told.compareAndSet(false, true)) {
                task.run();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Followed by onComplete.
        }

        @Override
        public void onError(AsyncEvent event) {
            // Followed by onComplete.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Once only.
        }
    }
}
