package dev.nomadgate;

import dev.nomadgate.client.ClientResolver;
import dev.nomadgate.client.CrossSitePolicy;
import dev.nomadgate.client.HostPolicy;
import dev.nomadgate.client.OriginPolicy;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.ExecContext;
import dev.nomadgate.exec.ExecRouter;
import dev.nomadgate.exec.ExecUpgradeServlet;
import dev.nomadgate.exec.Sessions;
import dev.nomadgate.proxy.AdmissionFilter;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.Failures;
import dev.nomadgate.proxy.GatePages;
import dev.nomadgate.proxy.NomadProxyServlet;
import dev.nomadgate.proxy.ProxyContext;
import dev.nomadgate.proxy.ResponseHeaders;
import dev.nomadgate.ui.ContextPath;
import dev.nomadgate.ui.PrefixScript;
import dev.nomadgate.ui.UiPages;
import dev.nomadgate.upstream.HttpClients;
import dev.nomadgate.upstream.ServerPool;
import dev.nomadgate.upstream.tls.TlsConfigException;
import dev.nomadgate.upstream.tls.UpstreamTls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The object graph of one deployment: built here by hand, and taken down in the reverse order. */
final class Gate {

    private static final String EXEC = "exec";
    private static final long THREADS_END_MILLIS = 15_000;

    private final Logger log = LoggerFactory.getLogger(Gate.class);
    private final GateConfig config;
    private final HttpClient httpClient;
    private final WebSocketClient webSocketClient;
    private final GateThreads writeThreads = new GateThreads("nomad-gate-write");
    private final ExecutorService blockingWrites = Executors.newCachedThreadPool(writeThreads);
    private final GateThreads timerThread = new GateThreads("nomad-gate-timer");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, timerThread);
    private final Sessions sessions = new Sessions();
    private WebSocketApi webSocketApi;

    private Gate(GateConfig config) throws TlsConfigException {
        this.config = config;
        httpClient = HttpClients.create(config.upstream(), UpstreamTls.clientFactory(config.upstream().tls()));
        webSocketClient = new WebSocketClient(httpClient);
        timer.setRemoveOnCancelPolicy(true);
        httpClient.setScheduler(new ScheduledExecutorScheduler(timer));
    }

    /**
     * Builds and starts everything, and registers filters and servlets with the container.
     *
     * @throws IllegalStateException if the container cannot run the gate; the message says what it lacks
     */
    static Gate start(GateConfig config, ServletContext context) {
        Gate gate;
        try {
            gate = new Gate(config);
        } catch (TlsConfigException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        try {
            gate.register(context);
            // Starts the HTTP client with it.
            gate.webSocketClient.start();
            return gate;
        } catch (Exception e) {
            gate.stop();
            throw e instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException("nomad-gate could not start: " + e.getMessage(), e);
        }
    }

    private void register(ServletContext context) {
        webSocketApi = WebSocketApi.of(context);
        BrowserUpgrade upgrade = webSocketApi.upgrade(context, blockingWrites, config.exec().closeTimeout());
        ServerPool pool = new ServerPool(config.upstream().servers(), System::nanoTime);
        Failures failures = new Failures(config.upstream().tls(), config.upstream().connectTimeout());
        FailureAnswer answer = new FailureAnswer();
        ContextPath contextPath = ContextPath.of(context.getContextPath());
        ResponseHeaders responseHeaders = new ResponseHeaders(contextPath);

        filter(context, "admission", new AdmissionFilter(new ClientResolver(config.client().trustedProxies()),
                new HostPolicy(config.client().allowedHosts()),
                new CrossSitePolicy(config.client().allowedOrigins()), answer));
        filter(context, "exec-router", new ExecRouter(EXEC));
        servlet(context, "proxy", new NomadProxyServlet(
                new ProxyContext(httpClient, pool, failures, answer,
                responseHeaders, new UiPages(contextPath), config.upstream())), "/*")
                .setInitParameter("viaHost", "nomad-gate");
        servlet(context, EXEC, new ExecUpgradeServlet(new ExecContext(webSocketClient, pool,
                new OriginPolicy(config.exec().allowedOrigins(), config.exec().requireOrigin()),
                upgrade, sessions, failures, answer, responseHeaders, config.exec())), ExecUpgradeServlet.RESUME_PATH);
        servlet(context, "gate-pages", new GatePages(answer), "/gate/*");
        servlet(context, "prefix-script", new PrefixScript(), PrefixScript.PATH);
    }

    private static void filter(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static ServletRegistration.Dynamic servlet(
            ServletContext context, String name, Servlet servlet, String mapping) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(mapping);
        return registration;
    }

    /** Which API upgrades the browser's connections. */
    WebSocketApi webSocketApi() {
        return webSocketApi;
    }

    void stop() {
        sessions.close(config.exec().closeTimeout().toMillis());
        stop(webSocketClient);
        stop(httpClient);
        end(writeThreads, blockingWrites);
        end(timerThread, timer);
    }

    private void stop(LifeCycle client) {
        try {
            client.stop();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly: {}", client.getClass().getSimpleName(), e.toString());
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
