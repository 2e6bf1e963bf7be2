package dev.nomadgate;

import dev.nomadgate.config.ConfigSources;
import dev.nomadgate.config.GateConfig;
import dev.nomadgate.config.GateConfigException;
import dev.nomadgate.config.GateConfigReader;
import dev.nomadgate.reload.Look;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends a deployment: reads the configuration, builds the gate, takes it down again. */
public final class GateListener implements ServletContextListener {

    private final Logger log = LoggerFactory.getLogger(GateListener.class);
    private Gate gate;

    /**
     * Starts the gate.
     *
     * @throws GateConfigException if the configuration has mistakes; the container then refuses the
     *     deployment
     * @throws IllegalStateException if this container cannot run the gate
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        String place = context.getContextPath() + "/";
        Look.Right look;
        try {
            ConfigSources sources = sources(context);
            log.info("nomad-gate at '{}' reads the configuration file: {}", place,
                    GateConfigReader.file(sources).orElse("none"));
            look = Look.first(sources);
            gate = Gate.start(sources, look, context);
        } catch (GateConfigException | IllegalStateException e) {
            // By itself, since containers print the message only in the midst of their stack traces, and line by line,
            // since Jetty's log would escape the ends of lines.
            log.error("nomad-gate at '{}' cannot start:", place);
            for (String line : e.getMessage().split("\\R")) {
                log.error(line);
            }
            throw e;
        }
        GateConfig config = look.reading().config();
        log.info("nomad-gate at '{}' forwards to {}; exec through {}", place, config.upstream().sources(), gate.webSocketApi());
        log.info("Sessions at '{}': audit log {}, recordings {}, policy {}", place, config.audit().file().orElse("off"),
                config.recording().enabled() ? "in " + config.recording().directory().orElseThrow() : "off",
                config.policy().mode().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (gate != null) {
            gate.stop();
        }
    }

    private static ConfigSources sources(ServletContext context) {
        Map<String, String> parameters = Collections.list(context.getInitParameterNames()).stream()
                .collect(Collectors.toMap(name -> name, context::getInitParameter));
        return ConfigSources.ofProcess(parameters, context.getClassLoader());
    }
}
