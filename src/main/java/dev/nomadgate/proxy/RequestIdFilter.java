package dev.nomadgate.proxy;

import dev.nomadgate.client.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives every request its {@link RequestId}, and tells the client, whoever answers in the end. */
public final class RequestIdFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean believed = AdmissionContext.of(request).resolver().trusts(request.getRemoteAddr());
        response.setHeader(RequestId.HEADER, RequestId.assign(request, believed));
        chain.doFilter(request, response);
    }
}
