package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.row.Row;
import java.io.IOException;
import java.util.List;

/** A kind of proxy that can be put between the generator and the stand-in. */
public interface Peer {

    String name();

    /** Whether it runs in a JVM, and so has to be warmed. */
    boolean isJava();

    /** Whether it passes WebSocket sessions on. The figures of one that does not are for HTTP's rows alone. */
    default boolean passesSessions() {
        return true;
    }

    /** Whether a row makes sense for it. */
    default boolean takes(Row row, Variant variant) {
        return passesSessions() || !row.hasSessions();
    }

    /** Writes the configuration, and returns the command that runs in the foreground. */
    List<String> command(Site site) throws IOException;

    /** What it is, as it says itself, for the results. */
    String version(Installation installation) throws IOException, InterruptedException;
}
