package dev.nomadgate.bench.row;

import dev.nomadgate.bench.load.Client;
import dev.nomadgate.bench.load.Endpoint;
import dev.nomadgate.bench.load.HttpConnection;
import dev.nomadgate.bench.load.Session;
import java.io.Closeable;
import java.io.IOException;

/** The kinds of work that there are. */
final class Works {

    static final byte[] SMALL = HttpConnection.request("GET", "/v1/job/bench");
    private static final long MIB = 1 << 20;
    private static final long FLOOD = 4 * MIB;

    private Works() {
    }

    static Work small() {
        return new Work(false, 32, "request", 1, requests(SMALL, 1024));
    }

    static Work download(int clients, long mebibytes) {
        byte[] request = HttpConnection.request("GET", "/v1/client/fs/cat/bench?path=bulk&bytes=" + mebibytes * MIB);
        return new Work(false, clients, "MiB", mebibytes, requests(request, mebibytes * MIB));
    }

    static Work upload(int clients, long mebibytes) {
        byte[] request = HttpConnection.request("PUT", "/v1/operator/snapshot", "Content-Length: " + mebibytes * MIB,
                "Content-Type: application/octet-stream");
        return new Work(false, clients, "MiB", mebibytes, endpoint -> {
            HttpConnection connection = new HttpConnection(endpoint);
            return client(connection, () -> {
                connection.send(request);
                connection.sendBody(mebibytes * MIB);
                connection.receive();
            });
        });
    }

    static Work echo() {
        return new Work(true, 64, "frame", 1, endpoint -> {
            Session session = Session.echo(endpoint);
            return client(session, session::echo);
        });
    }

    static Work flood() {
        return new Work(true, 4, "MiB", (double) FLOOD / MIB, endpoint -> {
            Session session = Session.flood(endpoint, FLOOD);
            return client(session, () -> {
                session.send();
                session.receive(FLOOD);
            });
        });
    }

    static Work openClose() {
        return new Work(true, 16, "session", 1, endpoint -> client(() -> { }, () -> openAndClose(endpoint)));
    }

    private static void openAndClose(Endpoint endpoint) throws IOException {
        try (Session session = Session.echo(endpoint)) {
            session.leave();
        }
    }

    private static Client.Factory requests(byte[] request, long expected) {
        return endpoint -> {
            HttpConnection connection = new HttpConnection(endpoint);
            return client(connection, () -> {
                long bytes = connection.exchange(request);
                if (bytes != expected) {
                    throw new IOException("an answer of " + bytes + " bytes");
                }
            });
        };
    }

    @FunctionalInterface
    private interface Operation {

        void run() throws IOException;
    }

    private static Client client(Closeable connection, Operation operation) {
        return new Client() {

            @Override
            public void operate() throws IOException {
                operation.run();
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }
}
