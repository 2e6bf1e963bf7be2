package dev.nomadgate.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The correlation id of a request: the same text in the gate's log, its access log, Nomad's request and the client's
 * answer. It is a UUID, or what a trusted proxy sent in {@value #HEADER} if that is fit for all of these; from anyone
 * else it would be a client's text in an operator's log.
 */
public final class RequestId {

    /** The field that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {
    }

    /**
     * The id of this request, 1 to 128 of {@code [A-Za-z0-9._-]}. One that came by a way that no filter guards, such as
     * one that the container itself refused, gets its own here.
     */
    public static String of(HttpServletRequest request) {
        String id = (String) request.getAttribute(ATTRIBUTE);
        return id == null ? assign(request, false) : id;
    }

    /**
     * Gives the request its id.
     *
     * @param believed whether the TCP peer is a trusted proxy
     */
    public static String assign(HttpServletRequest request, boolean believed) {
        String id = choose(believed ? Arrivals.values(request, HEADER) : List.of());
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** @param sent by who is believed; of several nobody knows which one the others have */
    static String choose(List<String> sent) {
        return sent.size() == 1 && FIT.matcher(sent.get(0)).matches() ? sent.get(0) : UUID.randomUUID().toString();
    }
}
