package dev.nomadgate.pages.jetty;

import dev.nomadgate.pages.Caller;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;

/** Jetty 12.1. A realm is a {@code LoginService}, or whatever else lets its users in. */
public final class JettyRealm {

    private JettyRealm() {
    }

    /**
     * Lets the web application start without a LoginService: with a {@code login-config} and no LoginService of its name
     * Jetty refuses to start it ("No LoginService for BasicAuthenticator"). To be called by
     * {@code WEB-INF/jetty-ee10-web.xml}, since listeners are told too late. What an operator has set up himself stays.
     */
    public static void makeOptional(ServletContextHandler context) {
        SecurityHandler security = context.getSecurityHandler();
        Authenticator.Factory factory = security.getAuthenticatorFactory();
        // From an earlier start of this context; a class of an earlier class loader, so only its name is the same.
        boolean ours = factory != null && factory.getClass().getName().equals(IfThereIsARealm.class.getName());
        if (factory == null || ours) {
            security.setAuthenticatorFactory(new IfThereIsARealm());
        }
    }

    /**
     * Whether there is a realm; if there is none, the gate's roles are not asked for any more. To be called by a servlet
     * context listener.
     */
    public static boolean require(ServletContext servletContext) {
        SecurityHandler security = ServletContextHandler.getServletContextHandler(servletContext).getSecurityHandler();
        if (security == null || security.getAuthenticator() instanceof Authenticator.NoOp) {
            if (security instanceof ConstraintSecurityHandler constraints) {
                // The others stay: Jetty's own refuse TRACE, and an operator may have some.
                constraints.setConstraintMappings(constraints.getConstraintMappings().stream()
                        .filter(mapping -> Collections.disjoint(mapping.getConstraint().getRoles(), Caller.ROLES)).toList());
            }
            return false;
        }
        return true;
    }

    /** Asks Jetty's own factories; but what they make cannot start if it has nobody to ask for users. */
    private static final class IfThereIsARealm implements Authenticator.Factory {

        @Override
        public Authenticator getAuthenticator(Server server, Context context, Authenticator.Configuration configuration) {
            Authenticator found = ((SecurityHandler) configuration).getKnownAuthenticatorFactories().stream()
                    .map(factory -> factory.getAuthenticator(server, context, configuration))
                    .filter(Objects::nonNull).findFirst().orElse(null);
            return found instanceof LoginAuthenticator && configuration.getLoginService() == null
                    ? new Authenticator.NoOp() : found;
        }
    }
}
