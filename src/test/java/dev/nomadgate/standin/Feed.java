package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** An append-only text that many connections follow at their own pace. */
final class Feed {
    private static final int LARGEST_FRAME = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] snapshot = {};

    synchronized void append(String line) {
        bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        snapshot = null;
        notifyAll();
    }

    /** Makes every follower look again whether it should stop. */
    synchronized void wake() {
        notifyAll();
    }

    synchronized void clear() {
        bytes.reset();
        snapshot = null;
    }

    synchronized int length() {
        return bytes.size();
    }

    synchronized byte[] all() {
        if (snapshot == null) {
            snapshot = bytes.toByteArray();
        }
        return snapshot;
    }

    /**
     * What follows {@code offset}, at most 64 KiB of it; empty if nothing came within {@code limit}
     * or {@code stop} became true.
     */
    synchronized byte[] after(int offset, Duration limit, BooleanSupplier stop) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (bytes.size() <= offset && !stop.getAsBoolean()) {
            long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        byte[] all = all();
        // A feed may have been cleared under its follower: then there is nothing at this offset.
        return offset >= all.length ? new byte[0]
                : Arrays.copyOfRange(all, offset, Math.min(all.length, offset + LARGEST_FRAME));
    }
}
