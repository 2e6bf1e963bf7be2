package dev.nomadgate.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the script that puts the context path in front of what Nomad's UI asks for while it runs. It finds the context
 * path in its own address, so it is the same file for every gate.
 */
public final class PrefixScript extends HttpServlet {

    /** Where it is, below the context path. */
    public static final String PATH = "/gate/prefix.js";

    private static final long serialVersionUID = 1;

    private final transient StaticFile script =
            StaticFile.ofClassPath(PrefixScript.class, "prefix.js", "text/javascript; charset=utf-8");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        script.send(request, response);
    }
}
