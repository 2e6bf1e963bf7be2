package dev.nomadgate.contract.containers.probe;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.logging.Logger;

/** Refuses the deployment on demand, as the gate does when its configuration is wrong, and leaks on demand. */
public final class ProbeListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Logger.getLogger("probe").info("probe says hello");
        if (Boolean.getBoolean("nomad-gate.probe.fail")) {
            throw new IllegalStateException("probe refuses");
        }
        if (Boolean.getBoolean("nomad-gate.probe.leak")) {
            Thread leak = new Thread(() -> {
                try {
                    Thread.sleep(Long.MAX_VALUE);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }, "probe leak");
            leak.setDaemon(true);
            leak.start();
        }
    }
}
