package dev.nomadgate.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * Why the gate answers in Nomad's place, in words that an operator can act on. Contains nothing
 * secret and no internals: it is shown to the client.
 *
 * @param status the HTTP status, 400 to 599
 * @param title what happened, in a few words
 * @param detail which server, which name, which value
 * @param remedy what to do about it
 * @param retryAfter when the client may try again (RFC 9110 §10.2.3)
 */
public record Failure(int status, String title, String detail, String remedy, Optional<Duration> retryAfter) {

    /** A failure that trying again later does not mend. */
    public Failure(int status, String title, String detail, String remedy) {
        this(status, title, detail, remedy, Optional.empty());
    }
}
