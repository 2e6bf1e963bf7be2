package dev.nomadgate.proxy;

import org.eclipse.jetty.client.Request;

/** How far a request to Nomad got. Thread-safe. */
final class Progress {

    private volatile AttemptConnection connection;
    private volatile boolean sentWhole;

    void watch(Request request) {
        request.onRequestBegin(sent -> connection = AttemptConnection.of(sent));
        request.onRequestSuccess(ignored -> sentWhole = true);
    }

    /** Whether the request got a connection. */
    boolean begun() {
        return connection != null;
    }

    /** Whether other requests were sent before on the connection that it got. */
    boolean connectionReused() {
        return connection.reused();
    }

    /** Whether a byte came back on it. */
    boolean heardOf() {
        return connection.heardOf();
    }

    /** Whether Nomad has, or will get, the whole request. */
    boolean sentWhole() {
        return sentWhole;
    }
}
