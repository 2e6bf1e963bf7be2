package dev.nomadgate.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/** The end of a request, however it comes about. Outlives the container's request. Thread-safe. */
public final class RequestEnd implements AsyncListener {

    private static final String ATTRIBUTE = RequestEnd.class.getName();

    private final List<Runnable> tasks = new ArrayList<>();
    private boolean listens;
    private boolean over;

    private RequestEnd() {
    }

    /** That of a request that is on its way in or back. */
    static RequestEnd of(HttpServletRequest request) {
        RequestEnd end = (RequestEnd) request.getAttribute(ATTRIBUTE);
        if (end == null) {
            end = new RequestEnd();
            request.setAttribute(ATTRIBUTE, end);
        }
        return end;
    }

    /**
     * Runs a task once, when the request is over: now, unless it goes on asynchronously. To be called by a filter, on its
     * way back.
     */
    public static void then(HttpServletRequest request, Runnable task) {
        if (!of(request).await(request, task)) {
            task.run();
        }
    }

    private synchronized boolean await(HttpServletRequest request, Runnable task) {
        if (over || !listens && !listen(request)) {
            return false;
        }
        tasks.add(task);
        return true;
    }

    private boolean listen(HttpServletRequest request) {
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(this);
                listens = true;
            }
        } catch (IllegalStateException e) {
            // Completed by another thread at this very moment.
        }
        return listens;
    }

    /**
     * The request is over, and the container may tell nobody: Jetty has none of its listeners hear of an answer that it
     * cuts, nor Tomcat of the end of many a request whose client is gone.
     */
    void tell() {
        List<Runnable> last;
        synchronized (this) {
            over = true;
            last = List.copyOf(tasks);
            tasks.clear();
        }
        last.forEach(Runnable::run);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        tell();
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
