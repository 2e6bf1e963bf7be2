package dev.nomadgate.bench.upstream;

import dev.nomadgate.bench.wire.Head;
import dev.nomadgate.bench.wire.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** One connection to the stand-in: requests one after the other, or one session. */
final class Connection implements Runnable {

    private final Socket socket;
    private final Counters counters;

    Connection(Socket socket, Counters counters) {
        this.socket = socket;
        this.counters = counters;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            Input in = new Input(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            Answers answers = new Answers(in, out, counters);
            for (Head head; (head = in.head()) != null; ) {
                String line = head.startLine();
                String method = line.substring(0, line.indexOf(' '));
                String target = line.substring(method.length() + 1, line.lastIndexOf(' '));
                if (head.isUpgrade()) {
                    new ExecSession(in, out, counters).run(head, target);
                    return;
                }
                answers.answer(method, target, head);
                if (!head.isPersistent()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The proxy left, as proxies do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
