package dev.nomadgate.standin;

/** Nomad's own limit on 429 answers: a burst of 100, then 10 a second; beyond it there is no answer at all. */
final class RefusalBudget {
    private static final double BURST = 100;
    private static final double PER_SECOND = 10;

    private double tokens = BURST;
    private long last = System.nanoTime();

    synchronized boolean take() {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (now - last) / 1e9 * PER_SECOND);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
