package dev.nomadgate;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.reload.ConfigWatch;
import dev.nomadgate.reload.Look;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is in force the same as what is on disk, and tells the operator what became of each change. */
final class Reload implements ConfigWatch.Reaction {

    private final Logger log = LoggerFactory.getLogger(Reload.class);
    private final String place;
    private final ConfigWatch watch;
    private final Duration interval;
    private final Generations generations;
    private final Lasting lasting;
    private final Consumer<GateConfig> others;
    private boolean refused;
    private volatile boolean stopped;
    private Scheduler.Task next = () -> true;

    /**
     * @param place where the gate is, for the log
     * @param look what is in force
     * @param others what lasts and has a configuration all the same gets the changed one
     */
    Reload(String place, ConfigSources sources, Look.Right look, Generations generations, Lasting lasting,
            Consumer<GateConfig> others) {
        this.others = others;
        this.place = place;
        this.watch = new ConfigWatch(sources, look, this);
        this.interval = look.reading().interval();
        this.generations = generations;
        this.lasting = lasting;
    }

    void start() {
        schedule(interval);
    }

    synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private synchronized void schedule(Duration delay) {
        if (!stopped && !delay.isZero()) {
            // A file may be slow to read, which the timer's one thread must not wait for.
            next = lasting.scheduler().schedule(() -> lasting.threads().execute(this::look),
                    delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Duration delay = interval;
        try {
            delay = watch.look();
        } catch (RuntimeException | StackOverflowError e) {
            log.warn("nomad-gate at '{}' could not look whether its configuration has changed: {}", place, e.toString());
        } finally {
            schedule(delay);
        }
    }

    @Override
    public void apply(Look.Right changed, Look.Right before) {
        String mended = refused ? "The mistakes are mended. " : "";
        List<String> differences = changed.differences(before);
        if (differences.isEmpty()) {
            log.info("{}nomad-gate at '{}' read its configuration again: no setting has changed", mended, place);
        } else {
            Generation current = generations.current();
            Generation generation = current.next(changed, lasting);
            boolean reconnects = !generation.sharesConnectionsWith(current);
            generations.replace(generation);
            others.accept(generation.config());
            log.info("{}nomad-gate at '{}' reloaded its configuration, changed: {}. It holds for new requests and"
                    + " sessions{}", mended, place, String.join(", ", differences),
                    reconnects ? ", which get new connections to Nomad" : "");
        }
        refused = false;
        lasting.metrics().reloaded();
    }

    @Override
    public void refuse(RuntimeException reason) {
        if (stopped) {
            return;
        }
        refused = true;
        lasting.metrics().reloadRefused();
        log.warn("nomad-gate at '{}' refuses the changed configuration as a whole; the old one stays in force:", place);
        // Line by line, since Jetty's log would escape the ends of lines.
        for (String line : String.valueOf(reason.getMessage()).split("\\R")) {
            log.warn(line);
        }
    }
}
