package dev.nomadgate.proxy;

import dev.nomadgate.config.LimitsConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** Counts the requests in flight and refuses those that are too many. Sessions are counted where they begin. */
public final class RequestLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient RequestCount count;
    private final transient Supplier<LimitsConfig> limits;
    private final transient FailureAnswer failureAnswer;

    /**
     * @param count of the requests in flight
     * @param limits those in force
     * @param failureAnswer tells those that are refused
     */
    public RequestLimitFilter(RequestCount count, Supplier<LimitsConfig> limits, FailureAnswer failureAnswer) {
        this.count = count;
        this.limits = limits;
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int most = limits.get().requests();
        switch (count.enter(most)) {
            case FULL -> failureAnswer.send(request, response, Refusals.requests(most));
            case CLOSED -> failureAnswer.send(request, response, Refusals.stopping());
            case ADMITTED -> {
                try {
                    chain.doFilter(request, response);
                } finally {
                    RequestEnd.then(request, count::leave);
                }
            }
        }
    }
}
