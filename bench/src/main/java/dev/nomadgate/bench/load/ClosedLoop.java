package dev.nomadgate.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** So many clients, a thread each, that begin their next operation when the last one is done. */
public final class ClosedLoop implements AutoCloseable {

    private static final long HIGHEST = 120_000_000_000L;
    private static final int STACK = 256 * 1024;
    private static final int DIGITS = 3;
    /** With thousands of clients a histogram each would be gigabytes. */
    private static final int HISTOGRAMS = 64;
    private static final int OPENERS = 16;

    private final Endpoint endpoint;
    private final Client.Factory factory;
    private final List<Client> clients;
    private String firstFailure;

    public ClosedLoop(Endpoint endpoint, int count, Client.Factory factory) throws InterruptedException {
        this.endpoint = endpoint;
        this.factory = factory;
        this.clients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clients.add(null);
        }
        open();
    }

    private void open() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int opener = 0; opener < OPENERS; opener++) {
            int first = opener;
            threads.add(start("opener", () -> {
                for (int i = first; i < clients.size(); i += OPENERS) {
                    try {
                        clients.set(i, factory.open(endpoint));
                    } catch (IOException e) {
                        failedToOpen(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private synchronized void failedToOpen(IOException e) {
        firstFailure = firstFailure == null ? e.toString() : firstFailure;
    }

    public synchronized String firstFailure() {
        return firstFailure;
    }

    /** Works for that long, and then until the operations that have begun are done. */
    public Outcome run(Duration length) throws InterruptedException {
        List<Worker> workers = new ArrayList<>();
        List<Histogram> histograms = new ArrayList<>();
        for (int i = 0; i < Math.min(HISTOGRAMS, clients.size()); i++) {
            histograms.add(new Histogram(HIGHEST, DIGITS));
        }
        // Whoever started them all may be the last to get a processor among thousands.
        AtomicLong begun = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(clients.size(), () -> begun.set(System.nanoTime()));
        CountDownLatch done = new CountDownLatch(clients.size());
        for (int i = 0; i < clients.size(); i++) {
            Worker worker = new Worker(i, length, start, done, histograms.get(i % HISTOGRAMS));
            workers.add(worker);
            start("client", worker);
        }
        done.await();
        long nanos = System.nanoTime() - begun.get();
        Histogram latency = new Histogram(HIGHEST, DIGITS);
        histograms.forEach(latency::add);
        long failures = workers.stream().mapToLong(worker -> worker.failures).sum();
        String failure = workers.stream().map(worker -> worker.failure).filter(text -> text != null).findFirst()
                .orElseGet(() -> firstFailure);
        return new Outcome(latency.getTotalCount(), failures, nanos, latency, failure);
    }

    @Override
    public void close() {
        for (Client client : clients) {
            try {
                if (client != null) {
                    client.close();
                }
            } catch (IOException e) {
                // It is over for this client either way.
            }
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, STACK);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private final class Worker implements Runnable {

        private final int index;
        private final Duration length;
        private final CyclicBarrier start;
        private final CountDownLatch done;
        private final Histogram latency;
        private long failures;
        private String failure;

        private Worker(int index, Duration length, CyclicBarrier start, CountDownLatch done, Histogram latency) {
            this.index = index;
            this.length = length;
            this.start = start;
            this.done = done;
            this.latency = latency;
        }

        @Override
        public void run() {
            Barrier.pass(start);
            long deadline = System.nanoTime() + length.toNanos();
            long now = System.nanoTime();
            // One at least, however long it takes.
            do {
                boolean succeeded = operate();
                long end = System.nanoTime();
                if (succeeded) {
                    synchronized (latency) {
                        latency.recordValue(Math.min(HIGHEST, end - now));
                    }
                }
                now = end;
            } while (now < deadline);
            done.countDown();
        }

        private boolean operate() {
            try {
                if (clients.get(index) == null) {
                    clients.set(index, factory.open(endpoint));
                }
                clients.get(index).operate();
                return true;
            } catch (IOException e) {
                failures++;
                failure = failure == null ? e.toString() : failure;
                reset();
                return false;
            }
        }

        private void reset() {
            try {
                if (clients.get(index) != null) {
                    clients.get(index).close();
                }
                // A peer that refuses at once is not to be hammered.
                Thread.sleep(10);
            } catch (IOException e) {
                // It is replaced anyway.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            clients.set(index, null);
        }
    }
}
