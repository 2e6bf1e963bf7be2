package dev.nomadgate.proxy;

import dev.nomadgate.config.LimitsConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Refuses requests whose line and header are larger than the gate lets pass (RFC 6585 §5). */
public final class HeaderSizeFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final transient Supplier<LimitsConfig> limits;
    private final transient FailureAnswer failureAnswer;
    private final transient BiConsumer<HttpServletRequest, Failure> refusals;

    /**
     * @param limits those in force
     * @param failureAnswer tells those that are refused
     * @param refusals hears of them
     */
    public HeaderSizeFilter(Supplier<LimitsConfig> limits, FailureAnswer failureAnswer,
            BiConsumer<HttpServletRequest, Failure> refusals) {
        this.limits = limits;
        this.refusals = refusals;
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long most = limits.get().headerSize();
        long size = size(request);
        if (size > most) {
            Failure failure = Refusals.headerSize(size, most);
            refusals.accept(request, failure);
            failureAnswer.send(request, response, failure);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** As HTTP/1.1 writes it: what stands between and behind the parts is in the figures. */
    private static long size(HttpServletRequest request) {
        String query = request.getQueryString();
        long size = request.getMethod().length() + request.getRequestURI().length() + request.getProtocol().length()
                + (query == null ? 0 : query.length() + 1) + 6;
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            Enumeration<String> values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                size += name.length() + values.nextElement().length() + 4;
            }
        }
        return size;
    }
}
