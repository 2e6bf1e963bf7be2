package dev.nomadgate.proxy;

import dev.nomadgate.client.RequestId;
import dev.nomadgate.ui.ContextPath;
import dev.nomadgate.ui.OutwardFields;
import dev.nomadgate.upstream.Server;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The header of Nomad's answer as the client gets it. Thread-safe. */
public final class ResponseHeaders {

    /** The client was told the gate's before Nomad was asked; an answer for several has only one of theirs. */
    private static final String ID = RequestId.HEADER.toLowerCase(Locale.ROOT);

    private final OutwardFields outward;

    /** @param context where the gate is, which Nomad does not know */
    public ResponseHeaders(ContextPath context) {
        outward = new OutwardFields(context);
    }

    /**
     * Copies the end-to-end fields, repeated ones included, value for value. A field that names the
     * server, or a path of its own, is made to name the gate's, which is where the client can follow it.
     */
    public void copy(HttpFields from, Server server, HttpServletResponse to) {
        HopByHop hopByHop = HopByHop.of(from.getValuesList(HttpHeader.CONNECTION));
        Set<String> seen = new HashSet<>();
        for (HttpField field : from) {
            String name = field.getName();
            String lower = field.getLowerCaseName();
            if (hopByHop.contains(lower) || lower.equals(ID) || field.getValue() == null) {
                continue;
            }
            String value = outward.rewrite(lower, field.getValue(), server.address());
            if (seen.add(lower)) {
                // Takes the place of what the container may have set itself, such as Date or Server.
                to.setHeader(name, value);
            } else {
                to.addHeader(name, value);
            }
        }
    }
}
