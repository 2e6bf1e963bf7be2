package dev.nomadgate.proxy;

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

    /** The request is over, and Jetty tells nobody: it has none of its listeners hear of an answer that it cuts. */
    static void cut(HttpServletRequest request) {
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
