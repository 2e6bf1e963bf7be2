package dev.nomadgate.upstream;

import java.util.function.LongSupplier;

/**
 * Whether one server answers, as far as clients' requests tell. After {@code max-fails} failures within
 * {@code fail-timeout} the server is left out for that time; then one client tries it, and the others follow when it
 * was answered. Guarded by its owner.
 *
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails">max_fails</a>
 */
final class PassiveHealth {

    private final LongSupplier nanoTime;
    private int fails;
    private long lastFail;
    private long lastTry;

    PassiveHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it failed so often that it is left out, from now on until a client was answered. */
    boolean failing(Server server) {
        return server.maxFails() > 0 && fails >= server.maxFails();
    }

    boolean available(Server server) {
        return !failing(server) || nanoTime.getAsLong() - lastTry > server.failTimeout().toNanos();
    }

    /** A client goes there; if that is a trial, nobody else does before the next {@code fail-timeout}. */
    void chosen() {
        lastTry = nanoTime.getAsLong();
    }

    void failed(Server server) {
        long now = nanoTime.getAsLong();
        boolean counts = failing(server) || fails > 0 && now - lastFail <= server.failTimeout().toNanos();
        fails = counts ? Math.min(fails + 1, 1 << 20) : 1;
        lastFail = now;
        lastTry = now;
    }

    /** @param since when the client was sent there: what was answered before the last failure proves nothing */
    void succeeded(long since) {
        if (since - lastFail >= 0) {
            fails = 0;
        }
    }
}
