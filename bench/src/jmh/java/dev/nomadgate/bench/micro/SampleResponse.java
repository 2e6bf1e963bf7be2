package dev.nomadgate.bench.micro;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import org.eclipse.jetty.http.HttpFields;

/** A response that keeps its header in Jetty's own fields, as Jetty's servlet API does. Anything else throws. */
public final class SampleResponse extends HttpServletResponseWrapper {

    private static final HttpServletResponse NOTHING = (HttpServletResponse) Proxy.newProxyInstance(
            SampleResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final HttpFields.Mutable fields = HttpFields.build();

    public SampleResponse() {
        super(NOTHING);
    }

    @Override
    public void setHeader(String name, String value) {
        fields.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        fields.add(name, value);
    }

    @Override
    public int getStatus() {
        return 200;
    }
}
