package dev.nomadgate.recording;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes recordings, and what waits for it: so much, and no more. It starts with the first thing
 * there is to do. Thread-safe.
 */
final class RecordingWriter {

    private static final long SECOND = 1_000_000_000;
    private static final int OVERHEAD = 256;
    private static final int SHARES = 4;

    private final Logger log = LoggerFactory.getLogger(RecordingWriter.class);
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final long most;
    private final Runnable everySecond;
    private Thread thread;
    private boolean ending;

    /**
     * @param most bytes that wait, about
     * @param everySecond done in between by the same thread
     */
    RecordingWriter(long most, Runnable everySecond) {
        this.most = most;
        this.everySecond = everySecond;
    }

    /** A part of what may wait, for one session: one that shows much must not take the room of all. */
    final class Share {

        private final AtomicLong mine = new AtomicLong();

        private Share() {
        }

        /**
         * Has this done after what came before.
         *
         * @param size what it holds in memory until then, in bytes
         * @return whether there is room for it
         */
        boolean offer(int size, Runnable work) {
            long all = (long) size + OVERHEAD;
            if (!taken(mine, all, most / SHARES)) {
                return false;
            }
            if (!taken(waiting, all, most)) {
                mine.addAndGet(-all);
                return false;
            }
            put(new Item(all, () -> {
                try {
                    work.run();
                } finally {
                    mine.addAndGet(-all);
                }
            }));
            return true;
        }

        /** The same, for what there is not much of and must be done. */
        void always(Runnable work) {
            waiting.addAndGet(OVERHEAD);
            put(new Item(OVERHEAD, work));
        }
    }

    private static boolean taken(AtomicLong room, long size, long most) {
        if (room.addAndGet(size) > most) {
            room.addAndGet(-size);
            return false;
        }
        return true;
    }

    /** For one more session. */
    Share share() {
        return new Share();
    }

    /** Bytes, about, that wait. */
    long waiting() {
        return waiting.get();
    }

    private synchronized void put(Item item) {
        if (ending) {
            waiting.addAndGet(-item.size);
            return;
        }
        if (thread == null) {
            thread = new Thread(this::run, "nomad-gate-recording");
            thread.setDaemon(true);
            thread.start();
        }
        queue.add(item);
    }

    /**
     * Takes nothing more, and waits until all is done.
     *
     * @param millis how long; a disk that is stuck is then given up
     * @return whether the thread has ended
     */
    boolean close(long millis) throws InterruptedException {
        Thread running;
        synchronized (this) {
            ending = true;
            running = thread;
            queue.add(Item.LAST);
        }
        if (running == null) {
            return true;
        }
        running.join(millis);
        if (running.isAlive()) {
            running.interrupt();
            running.join(millis);
        }
        return !running.isAlive();
    }

    private void run() {
        long second = System.nanoTime();
        try {
            Item item = null;
            while (item != Item.LAST) {
                item = queue.poll(1, TimeUnit.SECONDS);
                if (item != null) {
                    run(item.work);
                    waiting.addAndGet(-item.size);
                }
                if (System.nanoTime() - second >= SECOND) {
                    second = System.nanoTime();
                    run(everySecond);
                }
            }
        } catch (InterruptedException e) {
            log.warn("The disk is stuck: recordings that were not written by now are given up");
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("A recording could not be written", e);
        }
    }

    private static final class Item {

        private static final Item LAST = new Item(0, () -> { });

        private final long size;
        private final Runnable work;

        private Item(long size, Runnable work) {
            this.size = size;
            this.work = work;
        }
    }
}
