package dev.nomadgate.contract.nomad;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import dev.nomadgate.contract.containers.GateOptions;
import dev.nomadgate.contract.containers.GateOptions.Deployment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The agent that {@code -Dnomad.binary} names, and before it one container at a time with a gate at each of three
 * context paths. All of it starts when it is first asked for and ends with this object.
 */
final class RealNomad implements AutoCloseable {

    static final String BINARY = System.getProperty("nomad.binary", "");

    private final boolean acls;
    private RealAgent agent;
    private GateContainer container;

    RealNomad() {
        this(false);
    }

    /** @param acls whether the agent asks for a token */
    RealNomad(boolean acls) {
        this.acls = acls;
    }

    /** Skips the test if there is no binary. */
    RealAgent agent() {
        assumeFalse(BINARY.isEmpty(), "no -Dnomad.binary=/path/to/nomad");
        if (agent == null) {
            Path binary = Path.of(BINARY).toAbsolutePath();
            agent = acls ? RealAgent.startWithAcls(binary) : RealAgent.start(binary);
        }
        return agent;
    }

    /** Skips the test also if the binary was built without the web UI. */
    RealAgent agentWithUi() {
        agent().assumeUi();
        return agent;
    }

    /** The address of a gate in this kind of container, without a slash at the end. */
    URI gate(ContainerKind kind, String contextPath) {
        if (container == null || container.kind() != kind) {
            stopContainer();
            // More connections than the pages of a test leave long polls behind.
            Map<String, String> settings = Map.of(
                    "servers", agent().address().toString(), "upstream.max-connections", "1000");
            container = kind.start(GateOptions.defaults().deployments(Stream.of("/", "/nomad-gate", "/a/b")
                    .map(path -> new Deployment(path, settings)).toArray(Deployment[]::new)));
        }
        return URI.create(container.origin() + (contextPath.equals("/") ? "" : contextPath));
    }

    private void stopContainer() {
        if (container != null) {
            container.close();
            container = null;
        }
    }

    @Override
    public void close() {
        stopContainer();
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }
}
