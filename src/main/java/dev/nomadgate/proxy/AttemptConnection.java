package dev.nomadgate.proxy;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;

/**
 * The connection on which a request is sent.
 *
 * @param connection Jetty's own
 * @param reused whether other requests were sent on it before
 * @param bytesBefore what had come in by then
 */
public record AttemptConnection(HttpConnectionOverHTTP connection, boolean reused, long bytesBefore) {

    /** Called as the request begins. */
    public static AttemptConnection of(Request request) {
        HttpConnectionOverHTTP connection = (HttpConnectionOverHTTP) request.getConnection();
        return new AttemptConnection(connection, connection.getMessagesOut() > 1, connection.getBytesIn());
    }

    /** Whether it was there before then, in milliseconds of the epoch, or others were sent on it before. */
    public boolean kept(long epochMillis) {
        return reused || connection.getEndPoint().getCreatedTimeStamp() < epochMillis;
    }

    /** Whether a byte came back since. */
    public boolean heardOf() {
        return connection.getBytesIn() > bytesBefore;
    }
}
