package dev.nomadgate.standin;

import java.io.IOException;

/** Holds up the connections that ask it, while it lasts. Thread-safe. */
final class Stall {
    private boolean lasting;

    synchronized void begin() {
        lasting = true;
    }

    synchronized void end() {
        lasting = false;
        notifyAll();
    }

    /** Returns when there is no stall. */
    synchronized void await() throws IOException {
        while (lasting) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
