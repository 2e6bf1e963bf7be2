package dev.nomadgate.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Browsers that wait for Nomad, each for something else, so that no proxy can ask for two of them at once. */
public final class HeldPolls implements AutoCloseable {

    private final List<HttpConnection> connections = new ArrayList<>();

    public HeldPolls(Endpoint endpoint, int count) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                HttpConnection connection = new HttpConnection(endpoint);
                connections.add(connection);
                connection.send(HttpConnection.request("GET", "/v1/job/bench?index=4711&wait=300s&poll=" + i));
            }
        } catch (IOException e) {
            close();
            throw new IOException("after " + connections.size() + " polls: " + e, e);
        }
    }

    /** Reads the answers; how many there are. */
    public int receiveAll() {
        int answers = 0;
        for (HttpConnection connection : connections) {
            try {
                connection.receive();
                answers++;
            } catch (IOException e) {
                // It is missing from the count.
            }
        }
        return answers;
    }

    @Override
    public void close() {
        for (HttpConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // It is over either way.
            }
        }
    }
}
