package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

/** Who is looked after has to be let go: a timer that is set for ever keeps all that it can reach. */
class SilenceBoundTest {

    private final Timer timer = new Timer();
    private final HttpClient client = new HttpClient();
    private final AtomicBoolean over = new AtomicBoolean();

    private SilenceBound begin() {
        client.setScheduler(timer);
        return SilenceBound.begin(null, client, Duration.ofMinutes(1), over::get);
    }

    @Test
    void aSlowReaderIsLookedAfterUntilItIsGone() {
        begin().heard();
        timer.tasks.remove().run();
        assertThat(timer.tasks).as("it still reads").hasSize(1);
        over.set(true);
        timer.tasks.remove().run();
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void itEndsAtOnce() {
        begin().end();
        assertThat(timer.tasks).isEmpty();
    }

    private static final class Timer extends AbstractLifeCycle implements Scheduler {

        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }
    }
}
