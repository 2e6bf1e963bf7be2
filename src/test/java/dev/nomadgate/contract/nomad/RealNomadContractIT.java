package dev.nomadgate.contract.nomad;

import dev.nomadgate.contract.containers.ContainerKind;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract with the agent that {@code -Dnomad.binary} names, on every container at the root and on two of them below
 * a context path; skipped without the property.
 */
@ParameterizedClass
@CsvSource({"JETTY_HOME, /", "TOMCAT_10_1, /", "JETTY_EMBEDDED, /", "JETTY_EMBEDDED, /nomad-gate",
        "TOMCAT_11, /", "TOMCAT_11, /nomad-gate"})
class RealNomadContractIT extends NomadContract {

    private static final RealNomad NOMAD = new RealNomad();

    @Parameter(0)
    ContainerKind kind;

    @Parameter(1)
    String contextPath;

    @BeforeEach
    void startWhatIsNotRunning() {
        NOMAD.agent();
    }

    @AfterAll
    static void stop() {
        NOMAD.close();
    }

    @Override
    URI gate() {
        return NOMAD.gate(kind, contextPath);
    }

    @Override
    NomadCluster nomad() {
        return NOMAD.agent();
    }
}
