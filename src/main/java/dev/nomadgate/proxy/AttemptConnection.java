package dev.nomadgate.proxy;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;

/**
 * The connection on which a request is sent.
 *
 * @param connection Jetty's own
 * @param bytesBefore what had come in by then
 */
record AttemptConnection(HttpConnectionOverHTTP connection, long bytesBefore) {

    /** Called as the request begins. */
    static AttemptConnection of(Request request) {
        HttpConnectionOverHTTP connection = (HttpConnectionOverHTTP) request.getConnection();
        return new AttemptConnection(connection, connection.getBytesIn());
    }

    /** When it came about, in milliseconds of the epoch. */
    long createdMillis() {
        return connection.getEndPoint().getCreatedTimeStamp();
    }

    /** Whether a byte came back since. */
    boolean heardOf() {
        return connection.getBytesIn() > bytesBefore;
    }
}
