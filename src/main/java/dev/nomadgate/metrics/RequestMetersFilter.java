package dev.nomadgate.metrics;

import dev.nomadgate.proxy.RawTarget;
import dev.nomadgate.proxy.RequestEnd;
import dev.nomadgate.proxy.RequestOutcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Counts every request, from before the gate judges it to its end, however that comes about. */
final class RequestMetersFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient RequestMeters meters;

    RequestMetersFilter(RequestMeters meters) {
        this.meters = meters;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long began = System.nanoTime();
        RequestClass kind = RequestClass.of(request.getMethod(), RawTarget.of(request));
        meters.begins(kind);
        try {
            chain.doFilter(request, response);
        } finally {
            RequestEnd.then(request,
                    () -> meters.ends(kind, RequestOutcome.of(request, response), System.nanoTime() - began));
        }
    }
}
