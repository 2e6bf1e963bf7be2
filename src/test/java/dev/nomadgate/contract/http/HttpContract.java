package dev.nomadgate.contract.http;

import dev.nomadgate.contract.GateUnderTest;
import dev.nomadgate.contract.containers.ContainerKind;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A test class that runs on every container, with raw bytes on both sides of the gate. */
@ParameterizedClass(name = "{0}")
@EnumSource(ContainerKind.class)
abstract class HttpContract extends RawContract {

    HttpContract(GateUnderTest underTest) {
        super(underTest);
    }
}
