package dev.nomadgate;

import dev.nomadgate.lifetime.Uses;
import dev.nomadgate.proxy.RequestEnd;
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
        try {
            chain.doFilter(request, response);
        } finally {
            // A request that is over again by now, or is a session with a use of its own, needs it no longer.
            RequestEnd.then(request, use::close);
        }
    }
}
