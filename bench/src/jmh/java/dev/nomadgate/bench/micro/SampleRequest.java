package dev.nomadgate.bench.micro;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request as Jetty's servlet API presents it, with a header of Jetty's own and answers made of it in the same way. What
 * the pieces under measurement do not ask for throws.
 */
public final class SampleRequest extends HttpServletRequestWrapper {

    private static final HttpServletRequest NOTHING = (HttpServletRequest) Proxy.newProxyInstance(
            SampleRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final Map<String, Object> attributes = new HashMap<>();
    private final HttpFields fields;
    private final String uri;
    private final String query;

    /** A GET to a gate at the root, from this machine. */
    public SampleRequest(HttpFields fields, String uri, String query) {
        super(NOTHING);
        this.fields = fields;
        this.uri = uri;
        this.query = query;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(fields.getFieldNamesCollection());
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return fields.getValues(name);
    }

    @Override
    public String getHeader(String name) {
        return fields.get(name);
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public String getQueryString() {
        return query;
    }

    @Override
    public String getScheme() {
        return "http";
    }

    @Override
    public String getRemoteAddr() {
        return "127.0.0.1";
    }

    @Override
    public int getLocalPort() {
        return 8080;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }
}
