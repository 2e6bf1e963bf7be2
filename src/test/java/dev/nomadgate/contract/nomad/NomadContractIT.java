package dev.nomadgate.contract.nomad;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract with the stand-in, on every container at the root and on two of them below a context path. */
@ParameterizedClass
@CsvSource({"JETTY_EMBEDDED, /", "JETTY_HOME, /", "TOMCAT_10_1, /", "TOMCAT_11, /",
        "JETTY_EMBEDDED, /nomad-gate", "TOMCAT_11, /nomad-gate"})
class NomadContractIT extends NomadContract {

    @Parameter(0)
    ContainerKind kind;

    @Parameter(1)
    String contextPath;

    private URI gate;
    private NomadCluster nomad;

    @BeforeEach
    void shareTheGate() {
        GateUnderTest test = GateUnderTest.shared(kind, contextPath);
        gate = test.container().uri();
        nomad = new StandInCluster(test.nomad());
    }

    @Override
    URI gate() {
        return gate;
    }

    @Override
    NomadCluster nomad() {
        return nomad;
    }
}
