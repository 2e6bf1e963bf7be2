package dev.nomadgate;

import dev.nomadgate.exec.BrowserUpgrade;
import dev.nomadgate.exec.Sessions;
import dev.nomadgate.metrics.Metrics;
import dev.nomadgate.proxy.EventLog;
import dev.nomadgate.proxy.FailureAnswer;
import dev.nomadgate.proxy.ResponseHeaders;
import dev.nomadgate.session.LiveSessions;
import dev.nomadgate.session.SessionObserver;
import dev.nomadgate.ui.UiPages;
import dev.nomadgate.upstream.ConnectionRegister;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What outlives a change of configuration, and is therefore given to every {@link Generation}.
 *
 * @param threads runs what the connections to Nomad and those of sessions have to do, and may not block for long
 * @param scheduler for timeouts and whatever is done at intervals; has one thread, which nothing may hold up
 * @param connections to Nomad, over all clients
 * @param browserUpgrade the container's way of upgrading
 * @param sessions the open ones
 * @param live what is known of them
 * @param observers hear what becomes of them
 * @param failureAnswer sends what went wrong, in words
 * @param events gets a line for what ends otherwise than it should
 * @param sessionEnds gets a line for each session: a log of its own, which a flood of requests leaves as it is
 * @param responseHeaders passes Nomad's header on
 * @param pages the pages of Nomad's UI
 * @param metrics counts
 */
record Lasting(
        Executor threads,
        Scheduler scheduler,
        ConnectionRegister connections,
        BrowserUpgrade browserUpgrade,
        Sessions sessions,
        LiveSessions live,
        SessionObserver observers,
        FailureAnswer failureAnswer,
        EventLog events,
        EventLog sessionEnds,
        ResponseHeaders responseHeaders,
        UiPages pages,
        Metrics metrics) {
}
