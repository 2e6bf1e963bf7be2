package dev.nomadgate;

import dev.nomadgate.audit.Audit;
import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.drain.ContainerStop;
import dev.nomadgate.drain.Drain;
import dev.nomadgate.exec.Sessions;
import dev.nomadgate.metrics.Metrics;
import dev.nomadgate.pages.GateView;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.RequestCount;
import dev.nomadgate.proxy.ResponseHeaders;
import dev.nomadgate.recording.Recordings;
import dev.nomadgate.reload.Look;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.session.Observers;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.ui.ContextPath;
import dev.nomadgate.ui.UiPages;
import dev.nomadgate.upstream.ConnectionRegister;
import dev.nomadgate.upstream.HttpClients;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment: what the container was told of it, and what outlives a change of configuration. Whatever depends on
 * the configuration is in a {@link Generation}.
 */
final class Gate {

    private static final long THREADS_END_MILLIS = 15_000;
    private static final long AUDIT_END_MILLIS = 5_000;
    /** At 1 KiB each; a disk that does not take so many is as good as full. */
    private static final int AUDIT_LINES_WAITING = 10_000;

    private final Logger log = LoggerFactory.getLogger(Gate.class);
    private final QueuedThreadPool threads = HttpClients.threads();
    private final GateThreads timerThread = new GateThreads("nomad-gate-timer");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, timerThread);
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler(timer);
    private final GateThreads auditThread = new GateThreads("nomad-gate-audit");
    private final ThreadPoolExecutor auditWriter = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(AUDIT_LINES_WAITING), auditThread);
    private final Sessions sessions = new Sessions();
    private final LiveSessions live = new LiveSessions();
    private Audit audit;
    private Recordings recordings;
    private final RequestCount requests = new RequestCount();
    private Metrics metrics;
    private WebSocketApi webSocketApi;
    private Generations generations;
    private Reload reload;
    private ContainerStop containerStop = () -> { };
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Gate() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Builds and starts everything, and registers filters and servlets with the container.
     *
     * @param sources where the configuration comes from, to be read again when it changes
     * @param look what they say now
     * @throws IllegalStateException if the container cannot run the gate; the message says what it lacks
     */
    static Gate start(ConfigSources sources, Look.Right look, ServletContext context) {
        Gate gate = new Gate();
        try {
            gate.build(sources, look, context);
            return gate;
        } catch (Exception e) {
            gate.stop();
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("nomad-gate could not start: " + e.getMessage(), e);
        }
    }

    private void build(ConfigSources sources, Look.Right look, ServletContext context) throws Exception {
        webSocketApi = WebSocketApi.of(context);
        threads.start();
        scheduler.start();
        ContextPath contextPath = ContextPath.of(context.getContextPath());
        EventLog events = new EventLog();
        metrics = new Metrics(Version.of(context), context.getServerInfo());
        audit = new Audit(contextPath.value().isEmpty() ? "/" : contextPath.value(), look.reading().config().audit(),
                auditWriter, metrics::auditFailure);
        recordings = new Recordings(() -> generations.current().config().recording(), threads, scheduler,
                (session, reason) -> session.end(reason), metrics::recordingFailure, metrics::recordingDropped);
        SessionObserver observers = new Observers(List.of(metrics.sessions(), audit, recordings.recorder()));
        ConnectionRegister connections = new ConnectionRegister();
        Lasting lasting = new Lasting(threads, scheduler, connections,
                webSocketApi.upgrade(context, threads, scheduler), sessions,
                live, observers, new FailureAnswer(events), events, new EventLog(), new ResponseHeaders(contextPath),
                new UiPages(contextPath), metrics);
        generations = new Generations(Generation.first(look, lasting), threads);
        recordings.start(look.reading().config().recording());
        metrics.watch(() -> generations.current().servers(connections));
        metrics.publish(context.getVirtualServerName(), contextPath.value());
        Drain drain = new Drain(sessions, requests, () -> generations.current().config().drain(), this::stop);
        GateView view = new GateView(Version.of(context), live, () -> generations.current().pool(),
                () -> generations.current().servers(connections), metrics.inFlight()::byClass,
                () -> generations.current().config(), () -> audit.trouble().stream().toList(), drain::begun);
        new Routes(context, generations, lasting, requests, recordings.store(), view).register();
        reload = new Reload(context.getContextPath() + "/", sources, look, generations, lasting,
                config -> audit.apply(config.audit()));
        reload.start();
        containerStop = StopSignal.listen(context, drain);
    }

    /** Which API upgrades the browser's connections. */
    WebSocketApi webSocketApi() {
        return webSocketApi;
    }

    /** Ends it, and whatever still goes on in it. Effective once. */
    void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        containerStop.forget();
        if (reload != null) {
            reload.stop();
        }
        if (generations != null) {
            sessions.close(generations.current().config().exec().closeTimeout().toMillis());
            generations.stop();
        }
        if (recordings != null) {
            recordings.close();
        }
        stop(threads);
        stop(scheduler);
        finish(auditWriter);
        end(auditThread, auditWriter);
        if (audit != null) {
            audit.close();
        }
        if (metrics != null) {
            metrics.close();
        }
        end(timerThread, timer);
    }

    private void stop(LifeCycle part) {
        try {
            part.stop();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly: {}", part.getClass().getSimpleName(), e.toString());
        }
    }

    /** What is on its way to the audit log gets there, unless its disk keeps it waiting. */
    private static void finish(ExecutorService executor) {
        executor.shutdown();
        try {
            executor.awaitTermination(AUDIT_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(GateThreads threads, ExecutorService executor) {
        try {
            if (!threads.end(executor, THREADS_END_MILLIS)) {
                log.warn("A thread of the gate did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
