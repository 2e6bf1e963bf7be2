package dev.nomadgate.pages;

import dev.nomadgate.pages.jetty.JettyRealm;
import dev.nomadgate.pages.tomcat.TomcatRealm;
import jakarta.servlet.ServletContext;
import org.slf4j.LoggerFactory;

/** How strangers are kept from the gate's own pages. */
public enum Protection {

    /** By the container's own security, as {@code web.xml} asks for it. */
    REALM("users of the realm with the role " + Caller.VIEWER + " or " + Caller.ADMIN),

    /** The container knows no user who could sign in: only who is on this machine gets in, and needs no name. */
    LOOPBACK("this machine only, since no realm is configured");

    /** Where Tomcat keeps the web application's resources, which know their context. */
    private static final String TOMCAT = "org.apache.catalina.resources";

    private final String who;

    Protection(String who) {
        this.who = who;
    }

    /** Whom the pages are for. */
    @Override
    public String toString() {
        return who;
    }

    /**
     * Finds out whether this container has a realm. Where it has none, the constraints of {@code web.xml}, by which
     * nobody could get in, are taken away. To be called while the web application starts.
     */
    public static Protection of(ServletContext context) {
        try {
            boolean realm = context.getAttribute(TOMCAT) != null ? TomcatRealm.require(context)
                    : !context.getServerInfo().startsWith("jetty/") || JettyRealm.require(context);
            return realm ? REALM : LOOPBACK;
        } catch (LinkageError | RuntimeException e) {
            LoggerFactory.getLogger(Protection.class).warn("nomad-gate cannot find out whether this container has a realm;"
                    + " without one its own pages are closed to everybody: {}", e.toString());
            return REALM;
        }
    }
}
