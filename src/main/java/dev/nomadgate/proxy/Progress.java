package dev.nomadgate.proxy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Request;

/** How far a request to Nomad got. Thread-safe. */
final class Progress {

    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile Request request;
    private volatile AttemptConnection connection;
    private volatile boolean sentWhole;

    void watch(Request sent) {
        request = sent;
        sent.onRequestBegin(ignored -> connection = AttemptConnection.of(sent));
        sent.onRequestSuccess(ignored -> sentWhole = true);
    }

    /** True for the first of those that wait for the same answer: a failure that they share is one. */
    boolean firstToFail() {
        return failed.compareAndSet(false, true);
    }

    /** The request, once it is about to be sent; null before. */
    Request request() {
        return request;
    }

    /** Whether the request got a connection. */
    boolean begun() {
        return connection != null;
    }

    /** The connection that the request got; null before. */
    AttemptConnection connection() {
        return connection;
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
