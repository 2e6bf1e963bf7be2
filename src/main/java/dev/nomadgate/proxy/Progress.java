package dev.nomadgate.proxy;

import org.eclipse.jetty.client.Request;

/** How far a request to Nomad got. Thread-safe. */
final class Progress {

    private volatile boolean begun;
    private volatile boolean sentWhole;

    void watch(Request request) {
        request.onRequestBegin(ignored -> begun = true);
        request.onRequestSuccess(ignored -> sentWhole = true);
    }

    /** Whether the request got a connection. */
    boolean begun() {
        return begun;
    }

    /** Whether Nomad has, or will get, the whole request. */
    boolean sentWhole() {
        return sentWhole;
    }
}
