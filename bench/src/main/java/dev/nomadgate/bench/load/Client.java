package dev.nomadgate.bench.load;

import java.io.Closeable;
import java.io.IOException;

/** Does one operation after the other. */
public interface Client extends Closeable {

    /** Makes clients, connected. */
    @FunctionalInterface
    interface Factory {

        Client open(Endpoint endpoint) throws IOException;
    }

    void operate() throws IOException;

    @Override
    void close() throws IOException;
}
