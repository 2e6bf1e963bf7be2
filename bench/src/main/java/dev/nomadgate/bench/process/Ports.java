package dev.nomadgate.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports, below those that the kernel gives to outgoing connections, of which a run has thousands. */
final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private int next = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));

    int free() throws IOException {
        for (int tried = 0; tried < LAST - FIRST; tried++) {
            next = next == LAST ? FIRST : next + 1;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
