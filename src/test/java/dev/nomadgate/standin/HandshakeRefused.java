package dev.nomadgate.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An upgrade was answered with something other than 101. */
public final class HandshakeRefused extends IOException {
    private final int status;
    private final transient List<Map.Entry<String, String>> headers;
    private final String body;

    HandshakeRefused(RawHttp.Response response) {
        super("the upgrade was answered with " + response.status() + ": " + response.text());
        this.status = response.status();
        this.headers = response.headers();
        this.body = response.text();
    }

    public int status() {
        return status;
    }

    /** The refusal's fields, in order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The first value of a field, or null; the name's case does not matter. */
    public String header(String name) {
        return RawHttp.first(headers, name);
    }

    public String body() {
        return body;
    }
}
