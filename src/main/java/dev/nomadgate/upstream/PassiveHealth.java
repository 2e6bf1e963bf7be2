package dev.nomadgate.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether one server answers, as far as the connections made to it tell. After {@code maxFails}
 * failures within {@code failTimeout} the server is left out for {@code failTimeout}; then the next
 * client tries it again. Thread-safe.
 *
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails">max_fails</a>
 */
final class PassiveHealth {

    private final int maxFails;
    private final long failTimeout;
    private final LongSupplier nanoTime;
    private int fails;
    private long lastFail;

    PassiveHealth(int maxFails, Duration failTimeout, LongSupplier nanoTime) {
        this.maxFails = maxFails;
        this.failTimeout = failTimeout.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized boolean available() {
        return maxFails == 0 || fails < maxFails || !recent();
    }

    synchronized void failed() {
        fails = recent() ? fails + 1 : 1;
        lastFail = nanoTime.getAsLong();
    }

    synchronized void succeeded() {
        fails = 0;
    }

    private boolean recent() {
        return fails > 0 && nanoTime.getAsLong() - lastFail <= failTimeout;
    }
}
