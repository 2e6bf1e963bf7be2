package dev.nomadgate.contract.containers;

import java.util.List;

/** The container ended, or runs without the gate, or said nothing in time. The message carries all it printed. */
public final class ContainerFailedToStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> output;

    ContainerFailedToStart(String what, List<String> output) {
        super(what + "; its output:\n" + String.join("\n", output));
        this.output = output;
    }

    /** What the container printed until then, line by line. */
    public List<String> output() {
        return output;
    }
}
