package dev.nomadgate.pages.jetty;

import dev.nomadgate.pages.Caller;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.EventListener;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.server.Server;

/** Jetty 12.1. A realm is a {@code LoginService}. */
public final class JettyRealm {

    /** Of the server. The web application has a class of that name too, for its clients, which is another one. */
    private static final String LISTENER = "org.eclipse.jetty.util.component.LifeCycle$Listener";

    private final SecurityHandler security;
    private final EventListener told;

    private JettyRealm(SecurityHandler security) throws ClassNotFoundException {
        this.security = security;
        ClassLoader loader = Server.class.getClassLoader();
        told = (EventListener) Proxy.newProxyInstance(
                loader, new Class<?>[] {Class.forName(LISTENER, true, loader)}, this::call);
    }

    /**
     * Lets the web application start without a LoginService: with a {@code login-config} and no LoginService of its name
     * Jetty refuses to start it ("No LoginService for BasicAuthenticator"). To be called by
     * {@code WEB-INF/jetty-ee10-web.xml}, since a servlet context listener is told too late.
     *
     * @throws ClassNotFoundException if this Jetty is another one than the gate was made for
     */
    public static void makeOptional(ServletContextHandler context) throws ClassNotFoundException {
        SecurityHandler security = context.getSecurityHandler();
        if (security.getLoginService() instanceof EmptyLoginService) {
            // From an earlier start of this context.
            security.setLoginService(null);
        }
        security.addEventListener(new JettyRealm(security).told);
    }

    private Object call(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "lifeCycleStarting" -> {
                starting();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> JettyRealm.class.getName();
            default -> null;
        };
    }

    /**
     * By now the name of the realm is known, and Jetty is about to look for it. What takes its place is Jetty's own, and
     * nothing of the gate stays: Jetty keeps a context that it stopped for as long as a connection's last request was there.
     */
    private void starting() {
        security.removeEventListener(told);
        if (security.getLoginService() == null && security.getServer().getBeans(LoginService.class).stream()
                .noneMatch(service -> Objects.equals(service.getName(), security.getRealmName()))) {
            security.setLoginService(new EmptyLoginService());
        }
    }

    /**
     * Whether there is a realm; if there is none, the gate's roles are not asked for any more. To be called by a servlet
     * context listener.
     */
    public static boolean require(ServletContext servletContext) {
        SecurityHandler security = ServletContextHandler.getServletContextHandler(servletContext).getSecurityHandler();
        if (!(security.getLoginService() instanceof EmptyLoginService)) {
            return true;
        }
        if (security instanceof ConstraintSecurityHandler constraints) {
            // The others stay: Jetty's own refuse TRACE, and an operator may have some.
            constraints.setConstraintMappings(constraints.getConstraintMappings().stream()
                    .filter(mapping -> Collections.disjoint(mapping.getConstraint().getRoles(), Caller.ROLES)).toList());
        }
        return false;
    }
}
