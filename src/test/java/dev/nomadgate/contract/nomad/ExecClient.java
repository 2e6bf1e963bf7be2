package dev.nomadgate.contract.nomad;

import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal as Nomad's UI opens it, through the gate. */
final class ExecClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern OUTPUT = Pattern.compile("\"(?:stdout|stderr)\":\\{\"data\":\"([^\"]*)\"");

    private final RawWebSocket socket;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private String exited;

    private ExecClient(RawWebSocket socket) {
        this.socket = socket;
    }

    /** Opens the session as a page of the gate's own would, and sends the handshake frame. */
    static ExecClient open(URI gate, String rawTarget) throws IOException {
        RawWebSocket socket = RawWebSocket.open("127.0.0.1", gate.getPort(), gate.getPath() + rawTarget,
                Map.of("Origin", "http://127.0.0.1:" + gate.getPort()));
        socket.sendText("{\"version\":1,\"auth_token\":\"\"}");
        return new ExecClient(socket);
    }

    /** The target of an exec session, the command written as the UI writes it. */
    static String target(String alloc, String task, String command, boolean tty) {
        return "/v1/client/allocation/" + alloc + "/exec?task=" + task + "&command="
                + command.replace(" ", "%20").replace("\"", "%22") + "&tty=" + tty + "&ws_handshake=true";
    }

    void size(int width, int height) throws IOException {
        socket.sendText("{\"tty_size\":{\"height\":" + height + ",\"width\":" + width + "}}");
    }

    void type(String text) throws IOException {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        socket.sendText("{\"stdin\":{\"data\":\"" + data + "\"}}");
    }

    void endInput() throws IOException {
        socket.sendText("{\"stdin\":{\"close\":true}}");
    }

    /** Reads until all output so far contains the text. */
    String awaitOutput(String text) throws IOException {
        while (!output().contains(text)) {
            take(socket.readText(PATIENCE));
        }
        return output();
    }

    /** Reads until the frame that says how the command ended, and returns that frame. */
    String awaitExit() throws IOException {
        while (exited == null) {
            take(socket.readText(PATIENCE));
        }
        return exited;
    }

    /** Reads on until the session ends; null if it ended without a close frame. */
    Frame awaitClose() throws IOException {
        return socket.readClose(PATIENCE);
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private void take(String message) {
        Matcher data = OUTPUT.matcher(message);
        if (data.find()) {
            output.writeBytes(Base64.getDecoder().decode(data.group(1)));
        } else if (message.contains("\"exited\":true")) {
            exited = message;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
