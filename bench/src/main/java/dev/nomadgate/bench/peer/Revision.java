package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Commands;
import java.io.IOException;

/** Which gate it is. */
final class Revision {

    private Revision() {
    }

    static String of(Installation installation) throws IOException, InterruptedException {
        return "nomad-gate " + Commands.run(installation.tree(), "git", "describe", "--always", "--dirty");
    }
}
