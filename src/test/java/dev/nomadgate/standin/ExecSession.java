package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One exec or action session: Nomad's JSON on one side, a real command on the other. */
final class ExecSession {
    private static final int LARGEST_DATA = 4096;
    private static final int LONGEST_MESSAGE = 64 << 20;

    private final Cluster cluster;
    private final Commands commands;
    private final WireSession session;
    private final String path;
    private final CountDownLatch stdinClosed = new CountDownLatch(1);
    private final Object sending = new Object();
    private volatile boolean over;

    ExecSession(Cluster cluster, Commands commands, WireSession session, String path) {
        this.cluster = cluster;
        this.commands = commands;
        this.session = session;
        this.path = path;
    }

    void run() throws IOException {
        RecordedRequest request = session.request();
        boolean shaken = false;
        try {
            String token = Api.token(request);
            if (Queries.flag(request.rawQuery(), "ws_handshake")) {
                String first = message();
                if (first == null) {
                    return;
                }
                token = ExecRequest.handshake(request, first);
            }
            shaken = true;
            String[] parts = path.split("/");
            ExecRequest exec = path.endsWith("/exec") ? ExecRequest.exec(request, parts[4])
                    : ExecRequest.action(request, path.substring("/v1/job/".length(), path.lastIndexOf('/')));
            ExecRequest.authorize(cluster.token, token);
            drive(commands.start(exec.command(), exec.tty()), exec.tty());
        } catch (ExecFailure e) {
            over();
            session.close(e.code, e.getMessage());
            if (shaken && cluster.eofAfterErrors) {
                session.eof();
            }
        } finally {
            over();
            stdinClosed.countDown();
        }
    }

    private void drive(Process process, boolean tty) throws IOException, ExecFailure {
        Thread stdout = Threads.start("exec-stdout", () -> forward("stdout", process.getInputStream(), process));
        Thread stderr = Threads.start("exec-stderr", () -> forward("stderr", process.getErrorStream(), process));
        Threads.start("exec-end", () -> {
            int code = process.waitFor();
            if (!tty) {
                // Nomad's process wait includes its stdin copier.
                stdinClosed.await();
            }
            stdout.join();
            stderr.join();
            send(Json.object("stdout", Map.of("close", true)));
            if (!tty) {
                send(Json.object("stderr", Map.of("close", true)));
            }
            send(Json.object("exited", true, "result", code == 0 ? Map.of() : Map.of("exit_code", code)));
            session.eof();
        });
        for (String text; (text = message()) != null; ) {
            if (!text.isEmpty()) {
                input(text, process);
            }
        }
    }

    private void input(String text, Process process) throws ExecFailure {
        Map<String, Object> message;
        try {
            message = Json.readObject(text);
        } catch (IOException e) {
            throw ExecFailure.internal(e.getMessage().lines().findFirst().orElse(""));
        }
        if (message.get("stdin") instanceof Map<?, ?> stdin) {
            OutputStream to = process.getOutputStream();
            try {
                if (stdin.get("data") instanceof String data) {
                    to.write(Base64.getDecoder().decode(data));
                    to.flush();
                }
                if (Boolean.TRUE.equals(stdin.get("close"))) {
                    stdinClosed.countDown();
                    to.close();
                }
            } catch (IOException e) {
                // The command is gone: for Nomad's copier that is an end of stdin like any other.
                stdinClosed.countDown();
            }
        }
        if (message.get("tty_size") instanceof Map<?, ?> size) {
            Commands.resize(process, number(size.get("height")), number(size.get("width")));
        }
    }

    private static long number(Object value) {
        return value instanceof Long number ? number : 0;
    }

    private void forward(String name, InputStream from, Process process) throws IOException {
        byte[] buffer = new byte[LARGEST_DATA];
        try {
            for (int n; (n = from.read(buffer)) >= 0; ) {
                String data = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer, n));
                send(Json.object(name, Map.of("data", data)));
            }
        } catch (IOException e) {
            // A command that writes to nobody dies; an idle one lives on.
            Commands.end(process);
        }
    }

    private void send(Object message) throws IOException {
        synchronized (sending) {
            if (over) {
                throw new IOException("the session is over");
            }
            session.sendText(Json.write(message));
        }
    }

    /** From here on nothing of the command is sent. */
    private void over() {
        over = true;
    }

    /**
     * The next whole message; null at EOF or after a close, which is echoed as gorilla does: the
     * code, not the reason.
     */
    private String message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (Frame frame; (frame = frame()) != null; ) {
            switch (frame.opcode()) {
                case Frame.PING -> session.sendFrame(Frame.PONG, true, frame.payload());
                case Frame.PONG -> {
                    // Nobody asked.
                }
                case Frame.CLOSE -> {
                    over();
                    session.close(frame.closeCode(), "");
                    return null;
                }
                default -> {
                    message.writeBytes(frame.payload());
                    if (frame.fin()) {
                        return message.toString(StandardCharsets.UTF_8);
                    }
                }
            }
        }
        return null;
    }

    private Frame frame() throws IOException {
        InputStream in = session.connection().in();
        FrameCodec.Head head = FrameCodec.readHead(in);
        if (head == null) {
            return null;
        }
        boolean legal = head.mask() != null && head.rsv() == 0 && head.length() <= LONGEST_MESSAGE;
        if (!legal) {
            over();
            session.close(1002, head.mask() == null ? "bad MASK" : head.rsv() != 0 ? "RSV bits set" : "too big");
            return null;
        }
        return new Frame(head.opcode(), head.fin(), FrameCodec.readPayload(in, head));
    }
}
