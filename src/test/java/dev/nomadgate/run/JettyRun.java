package dev.nomadgate.run;

import dev.nomadgate.standin.StandInNomad;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code mvn jetty:run} adds to the gate: a stand-in Nomad if nobody named a real one, and the last word on the
 * console.
 *
 * <p>A container initializer, because these run before the gate's own listener reads its configuration. The service
 * file next to the test classes names it, so no WAR has it.
 */
public final class JettyRun implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        String host = System.getProperty("jetty.http.host");
        String port = System.getProperty("jetty.http.port");
        if (host == null || port == null) {
            return; // a Jetty of some test, with the test classes on its class path
        }
        Optional<String> nomad = configuredNomad();
        StandInNomad standIn = nomad.isPresent() ? null : StandInNomad.start().demo();
        if (standIn != null) {
            context.setInitParameter("nomad-gate.servers", standIn.address().toString());
        }
        String target = nomad.orElseGet(() ->
                "a stand-in Nomad (test code, NOT a real cluster; set NOMAD_ADDR for one) at " + standIn.address());
        Greeting greeting = new Greeting(host, Integer.parseInt(port), context.getContextPath() + "/ui/", target);
        context.addListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                greeting.start();
            }

            @Override
            public void contextDestroyed(ServletContextEvent event) {
                greeting.interrupt();
                if (standIn != null) {
                    standIn.close();
                }
            }
        });
    }

    /** What the operator said, in the order in which the gate listens. */
    private static Optional<String> configuredNomad() {
        return Stream.<Optional<String>>of(
                set(System.getProperty("nomad-gate.servers")),
                set(System.getProperty("nomad-gate.config")).map(file -> "the servers in " + file),
                set(System.getenv("NOMAD_ADDR")).map(address -> address + " (NOMAD_ADDR)"))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> set(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
