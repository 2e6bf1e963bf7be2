package dev.nomadgate.contract.nomad;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.contract.containers.GateContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract with the stand-in, on every container. */
@ParameterizedClass
@EnumSource
class NomadContractIT extends NomadContract {

    @Parameter
    ContainerKind kind;

    private GateContainer gate;
    private NomadCluster nomad;

    @BeforeEach
    void shareTheGate() {
        GateUnderTest test = GateUnderTest.shared(kind);
        gate = test.container();
        nomad = new StandInCluster(test.nomad());
    }

    @Override
    GateContainer gate() {
        return gate;
    }

    @Override
    NomadCluster nomad() {
        return nomad;
    }
}
