package dev.nomadgate.standin;

import java.util.List;
import java.util.Map;

/**
 * A request as it came over the wire. It is recorded when its head has been read; the body's
 * properties are final once {@link #bodyComplete()} says so.
 */
public final class RecordedRequest {
    /** Bodies up to this size are kept; longer ones are only counted and hashed. */
    static final int KEPT_BODY = 1 << 20;

    private final int connection;
    private final String rawHead;
    private final String method;
    private final String rawTarget;
    private final List<Map.Entry<String, String>> headers;
    private volatile byte[] body = {};
    private volatile long bodyLength;
    private volatile String bodySha256;
    private volatile boolean bodyComplete;

    RecordedRequest(int connection, String rawHead, String method, String rawTarget,
            List<Map.Entry<String, String>> headers) {
        this.connection = connection;
        this.rawHead = rawHead;
        this.method = method;
        this.rawTarget = rawTarget;
        this.headers = List.copyOf(headers);
    }

    /** The method as sent. */
    public String method() {
        return method;
    }

    /** The exact bytes of the request target, read as ISO-8859-1. */
    public String rawTarget() {
        return rawTarget;
    }

    /** The target up to its question mark, still undecoded. */
    public String rawPath() {
        int mark = rawTarget.indexOf('?');
        return mark < 0 ? rawTarget : rawTarget.substring(0, mark);
    }

    /** What follows the question mark, still undecoded, or null. */
    public String rawQuery() {
        int mark = rawTarget.indexOf('?');
        return mark < 0 ? null : rawTarget.substring(mark + 1);
    }

    /** The first value of a query parameter, decoded; null if absent. */
    public String parameter(String name) {
        return Queries.parameter(rawQuery(), name);
    }

    /** All header fields in the order and the spelling in which they came. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** All values of a field, in order; the name's case does not matter. */
    public List<String> headers(String name) {
        return headers.stream().filter(h -> h.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).toList();
    }

    /** The first value of a field, or null; the name's case does not matter. */
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Request line and fields exactly as received, up to and including the empty line, as ISO-8859-1. */
    public String rawHead() {
        return rawHead;
    }

    /** A number that is the same for all requests of one TCP connection, counted from 1. */
    public int connection() {
        return connection;
    }

    /** The decoded body if it ended and had at most 1 MiB, otherwise empty. */
    public byte[] body() {
        return body.clone();
    }

    /** How many bytes of the body have been read so far. */
    public long bodyLength() {
        return bodyLength;
    }

    /** The lower-case hexadecimal SHA-256 of the whole body, or null while it has not ended. */
    public String bodySha256() {
        return bodySha256;
    }

    /** Whether the body was read to its proper end. */
    public boolean bodyComplete() {
        return bodyComplete;
    }

    void bodyRead(long length) {
        bodyLength = length;
    }

    void bodyEnded(byte[] kept, String sha256) {
        body = kept;
        bodySha256 = sha256;
        bodyComplete = true;
    }

    @Override
    public String toString() {
        return method + " " + rawTarget + " (connection " + connection + ")";
    }
}
