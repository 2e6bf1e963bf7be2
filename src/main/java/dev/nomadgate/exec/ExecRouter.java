package dev.nomadgate.exec;

import dev.nomadgate.proxy.RawTarget;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads handshakes for Nomad's two WebSocket endpoints to {@link ExecUpgradeServlet}; everything else
 * goes on to the proxy, which forwards no {@code Upgrade}. A servlet mapping cannot do this: it knows
 * no wildcard within a path, and matches the decoded path.
 */
public final class ExecRouter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final String servletName;

    /** @param servletName the name under which the exec servlet is registered */
    public ExecRouter(String servletName) {
        this.servletName = servletName;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (HandshakeCheck.asksForWebSocket(request) && ExecPaths.contains(RawTarget.of(request).path())) {
            getServletContext().getNamedDispatcher(servletName).forward(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
