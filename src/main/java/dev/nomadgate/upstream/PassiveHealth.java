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

    /** The same server under other figures. Unless they differ it stays this, which those who go on with it share. */
    synchronized PassiveHealth with(int otherMaxFails, Duration otherFailTimeout) {
        if (otherMaxFails == maxFails && otherFailTimeout.toNanos() == failTimeout) {
            return this;
        }
        PassiveHealth other = new PassiveHealth(otherMaxFails, otherFailTimeout, nanoTime);
        other.fails = fails;
        other.lastFail = lastFail;
        return other;
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
