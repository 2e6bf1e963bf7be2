package dev.nomadgate.exec.jetty;

import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.api.exceptions.CloseException;

/** A text message is not UTF-8: Jetty closes its sender's session with 1007 (RFC 6455 §8.1). */
final class NotUtf8Exception extends CloseException {

    private static final long serialVersionUID = 1;

    NotUtf8Exception() {
        super(StatusCode.BAD_PAYLOAD, "a text message is not UTF-8");
    }
}
