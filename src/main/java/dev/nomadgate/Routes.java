package dev.nomadgate;

import dev.nomadgate.config.LimitsConfig;
import dev.nomadgate.exec.ExecRouter;
import dev.nomadgate.exec.ExecUpgradeServlet;
import dev.nomadgate.exec.RefusedHandshakes;
import dev.nomadgate.pages.Assets;
import dev.nomadgate.pages.GateView;
import dev.nomadgate.pages.HealthFilter;
import dev.nomadgate.pages.PagesFilter;
import dev.nomadgate.pages.Protection;
import dev.nomadgate.pages.SessionsServlet;
import dev.nomadgate.pages.StateServlet;
import dev.nomadgate.pages.WhichServlet;
import dev.nomadgate.proxy.AdmissionFilter;
import dev.nomadgate.proxy.Failure;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.GatePages;
import dev.nomadgate.proxy.HeaderSizeFilter;
import dev.nomadgate.proxy.NomadProxyServlet;
import dev.nomadgate.proxy.RequestCount;
import dev.nomadgate.proxy.RequestIdFilter;
import dev.nomadgate.proxy.RequestLimitFilter;
import dev.nomadgate.recording.RecordingStore;
import dev.nomadgate.recording.RecordingsApi;
import dev.nomadgate.ui.PrefixScript;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who answers what: puts the filters, in the order in which they are asked, and the servlets in their places. */
final class Routes {

    private static final String EXEC = "exec";
    private static final String PROXY = "proxy";
    private static final String SESSIONS = "gate-sessions";
    private static final String RECORDINGS = "recordings";
    private static final String PREFIX_SCRIPT = "prefix-script";

    private final Logger log = LoggerFactory.getLogger(Routes.class);
    private final ServletContext context;
    private final Generations generations;
    private final Lasting lasting;
    private final RequestCount requests;
    private final RecordingStore recordings;
    private final GateView view;

    /**
     * @param requests counts those that are in flight
     * @param recordings what was recorded
     * @param view what the gate's own pages show
     */
    Routes(ServletContext context, Generations generations, Lasting lasting, RequestCount requests,
            RecordingStore recordings, GateView view) {
        this.context = context;
        this.generations = generations;
        this.lasting = lasting;
        this.requests = requests;
        this.recordings = recordings;
        this.view = view;
    }

    /** Registers all of them with the container. */
    void register() {
        FailureAnswer answer = lasting.failureAnswer();
        BiConsumer<HttpServletRequest, Failure> refusals = new RefusedHandshakes(lasting.observers());
        filter("live", HealthFilter.live(), HealthFilter.LIVE);
        filter("ready", HealthFilter.ready(view.states(), view.stopping()), HealthFilter.READY);
        filter("generation", new GenerationFilter(generations), "/*");
        filter("request-id", new RequestIdFilter(), "/*");
        filter("request-meters", lasting.metrics().requestFilter(), "/*");
        filter("admission", new AdmissionFilter(answer, refusals), "/*");
        Supplier<LimitsConfig> limits = () -> generations.current().config().limits();
        filter("header-size", new HeaderSizeFilter(limits, answer, refusals), "/*");
        Protection protection = Protection.of(context);
        log.info("The gate's own pages, at {}/gate/, are for {}", context.getContextPath(), protection);
        filter("pages", new PagesFilter(protection, Set.of(PROXY, PREFIX_SCRIPT), Set.of(SESSIONS, RECORDINGS), answer), "/*");
        filter("exec-router", new ExecRouter(EXEC), "/*");
        // Not before the gate's own pages: an operator looks at them just when there are too many requests.
        added("request-limit", new RequestLimitFilter(requests, limits, answer))
                .addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, PROXY, PREFIX_SCRIPT);
        servlet(PROXY, new NomadProxyServlet(), "/*").setInitParameter("viaHost", "nomad-gate");
        servlet(EXEC, new ExecUpgradeServlet(), ExecUpgradeServlet.RESUME_PATH);
        servlet("gate-pages", new GatePages(answer), "/gate/*");
        servlet("metrics", lasting.metrics().page(), "/gate/metrics");
        servlet(RECORDINGS, new RecordingsApi(recordings), RecordingsApi.PATH)
                .addMapping(RecordingsApi.PATH + "/*");
        servlet(PREFIX_SCRIPT, new PrefixScript(), PrefixScript.PATH);
        Assets assets = Assets.of(context);
        servlet("gate-assets", assets, assets.paths());
        servlet("gate-state", new StateServlet(view), StateServlet.PATH);
        servlet("gate-which", new WhichServlet(view.servers(), answer), WhichServlet.PATH);
        servlet(SESSIONS, new SessionsServlet(lasting.live(), lasting.events(), answer), SessionsServlet.PATHS);
    }

    private void filter(String name, Filter filter, String mapping) {
        added(name, filter).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, mapping);
    }

    private FilterRegistration.Dynamic added(String name, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        return registration;
    }

    private ServletRegistration.Dynamic servlet(String name, Servlet servlet, String... mappings) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(mappings);
        return registration;
    }
}
