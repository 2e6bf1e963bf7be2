package dev.nomadgate.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps {@code <context>/gate/} for the gate's own pages: nothing under it reaches Nomad, which has
 * nothing there.
 */
public final class GatePages extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient FailureAnswer failureAnswer;

    /** @param failureAnswer answers for the pages that do not exist */
    public GatePages(FailureAnswer failureAnswer) {
        this.failureAnswer = failureAnswer;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        failureAnswer.send(request, response, new Failure(404, "The gate has no such page",
                "Addresses under gate/ belong to nomad-gate itself.", "Nomad's pages begin at ui/."));
    }
}
