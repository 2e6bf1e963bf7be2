package dev.nomadgate.soak;

import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.Payload;
import dev.nomadgate.standin.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** A client's end of a session, which answers pings as a browser does. */
final class Terminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SLOW = 8192;
    /** What is on its way back while nobody reads yet; more needs a thread that sends. */
    private static final int HELD_BY_TCP = 1 << 15;

    private final Attempt attempt;
    private final RawWebSocket browser;

    private Terminal(Attempt attempt, RawWebSocket browser) {
        this.attempt = attempt;
        this.browser = browser;
    }

    static Terminal open(Attempt attempt, String allocation) throws IOException {
        return open(attempt, allocation, "");
    }

    static Terminal open(Attempt attempt, String allocation, String query) throws IOException {
        return new Terminal(attempt, attempt.session(allocation, query, attempt.oneIn(4) ? SLOW : 0, Map.of()));
    }

    RawWebSocket browser() {
        return browser;
    }

    /** Sends a message and reads it again, byte by byte. */
    void echo(int bytes) throws IOException {
        byte[] sent = new byte[bytes];
        attempt.random().nextBytes(sent);
        FutureTask<Void> sending = new FutureTask<>(() -> {
            browser.sendBinary(sent);
            return null;
        });
        if (bytes < HELD_BY_TCP) {
            sending.run();
        } else {
            new Thread(sending, "paste").start();
        }
        byte[] received = message();
        if (!Arrays.equals(sent, received)) {
            throw new Wrong("a message of " + bytes + " bytes came back as other " + received.length);
        }
    }

    /** Types a line into {@code cat}, reads it again and ends it. */
    void cat() throws IOException {
        browser.sendText("{\"version\":1,\"auth_token\":\"\"}");
        String line = Base64.getEncoder().encodeToString((attempt.mark() + "\n").getBytes());
        browser.sendText("{\"stdin\":{\"data\":\"" + line + "\"}}");
        String answer = new String(message());
        if (!answer.contains(line)) {
            throw new Wrong("cat wrote " + answer);
        }
        browser.sendText("{\"stdin\":{\"close\":true}}");
        int code = awaitClose();
        if (code != 1000) {
            throw new SessionEnded(code, "instead of 1000");
        }
    }

    /** Asks for a flood and reads it, with a pause after each frame. */
    void readFlood(int bytes, int pause) throws IOException {
        browser.sendText("flood " + bytes);
        InputStream expected = Payload.stream(bytes);
        for (int read = 0; read < bytes; ) {
            byte[] some = frame().payload();
            read += some.length;
            if (!Arrays.equals(expected.readNBytes(some.length), some)) {
                throw new Wrong("other bytes than were sent, before " + read + " of " + bytes);
            }
            attempt.pause(pause);
        }
        int code = awaitClose();
        if (code != 1000) {
            throw new SessionEnded(code, "after the flood");
        }
    }

    /** Does nothing but answer pings. */
    void idle(int seconds) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (long left; (left = end - System.nanoTime()) > 0; ) {
            Frame frame;
            try {
                frame = browser.readFrame(Duration.ofNanos(left));
            } catch (AssertionError silence) {
                return;
            }
            control(frame);
        }
    }

    /** Closes as a browser does, or dies. */
    void leave() throws IOException {
        switch (attempt.random().nextInt(3)) {
            case 0 -> browser.reset();
            case 1 -> browser.close();
            default -> {
                browser.close(1000, "");
                int code = awaitClose();
                if (code != 1000) {
                    throw new SessionEnded(code, "instead of 1000, which was sent");
                }
            }
        }
    }

    /** The next data frame. */
    Frame frame() throws IOException {
        Frame frame = browser.readFrame(PATIENCE);
        while (control(frame)) {
            frame = browser.readFrame(PATIENCE);
        }
        return frame;
    }

    private byte[] message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = frame();
            message.writeBytes(frame.payload());
        } while (!frame.fin());
        return message.toByteArray();
    }

    /** Reads on to the server's close and answers it: its code, or 1006 if TCP ended without. */
    int awaitClose() throws IOException {
        Frame close = browser.readClose(PATIENCE);
        if (close == null) {
            return 1006;
        }
        browser.close(close.closeCode(), "");
        return close.closeCode();
    }

    private boolean control(Frame frame) throws IOException {
        if (frame == null) {
            throw new SessionEnded(1006, "");
        } else if (frame.isClose()) {
            browser.close(frame.closeCode(), "");
            throw new SessionEnded(frame.closeCode(), frame.closeReason());
        } else if (frame.opcode() == Frame.PING) {
            browser.sendFrame(Frame.PONG, true, frame.payload());
        }
        return frame.isControl();
    }

    @Override
    public void close() {
        browser.close();
    }
}
