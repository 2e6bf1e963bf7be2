package dev.nomadgate;

import dev.nomadgate.lifetime.Uses;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives every request the generation in force, to its end. Comes before all other filters. */
final class GenerationFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient Generations generations;

    GenerationFilter(Generations generations) {
        this.generations = generations;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Uses.Use use = generations.attach(request);
        boolean goesOn = false;
        try {
            chain.doFilter(request, response);
            // A request that is over again by now, or is a session with a use of its own, needs it no longer.
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new Closing(use));
                goesOn = true;
            }
        } finally {
            if (!goesOn) {
                use.close();
            }
        }
    }

    /** The container tells the end of every request, however it came about. */
    private record Closing(Uses.Use use) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            use.close();
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
