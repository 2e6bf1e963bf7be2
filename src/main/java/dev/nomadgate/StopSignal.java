package dev.nomadgate;

import dev.nomadgate.drain.ContainerStop;
import dev.nomadgate.drain.jetty.JettyStop;
import dev.nomadgate.drain.tomcat.TomcatStop;
import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the way in which this container can be heard before it stops the gate. */
final class StopSignal {

    private static final ContainerStop NONE = () -> { };

    private StopSignal() {
    }

    /** Listens; to a container that has no such way, in vain: the gate then ends without a grace period. */
    static ContainerStop listen(ServletContext context, ContainerStop.Listener listener) {
        Logger log = LoggerFactory.getLogger(StopSignal.class);
        try {
            if (context.getAttribute(TomcatStop.ATTRIBUTE) != null) {
                return TomcatStop.listen(context, listener);
            }
            if (context.getServerInfo().startsWith("jetty/")) {
                return JettyStop.listen(context, listener);
            }
        } catch (LinkageError | ReflectiveOperationException | RuntimeException e) {
            log.debug("not heard", e);
        }
        log.warn("{} cannot be heard before it stops the gate: requests in flight and sessions will end at once then",
                context.getServerInfo());
        return NONE;
    }
}
