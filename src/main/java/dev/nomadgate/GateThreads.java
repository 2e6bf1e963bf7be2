package dev.nomadgate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of one executor, so that its end can be awaited to the last of them: an executor says that it has
 * terminated while its last thread is still on its way out, which Tomcat then reports as a leak. Thread-safe.
 */
final class GateThreads implements ThreadFactory {

    private final String name;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    GateThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /**
     * Shuts down the executor that these threads work for, and waits for each of them.
     *
     * @param millis how long to wait for all of them
     * @return whether they have ended
     */
    boolean end(ExecutorService executor, long millis) throws InterruptedException {
        executor.shutdownNow();
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
