package dev.nomadgate.soak;

import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.Payload;
import dev.nomadgate.standin.WireSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A server's end of a session that does what the client's first message says. */
final class FarEnd {

    private FarEnd() {
    }

    /** How the server ends a session, and the code that the client has to hear then. */
    enum Ending {
        /** As Nomad does when a process has exited. */
        EXIT(1000) {
            @Override
            void strike(WireSession session) throws IOException {
                session.sendText("{\"exited\":true,\"result\":{\"exit_code\":3}}");
                session.eof();
            }
        },
        CLOSE(1011) {
            @Override
            void strike(WireSession session) throws IOException {
                session.close(1011, "plugin is shut down");
            }
        },
        END_OF_TCP(1012) {
            @Override
            void strike(WireSession session) {
                session.eof();
            }
        },
        RESET(1012) {
            @Override
            void strike(WireSession session) {
                session.reset();
            }
        },
        RESET_WITHIN_A_MESSAGE(1012) {
            @Override
            void strike(WireSession session) throws IOException {
                session.sendFrame(Frame.TEXT, false, new byte[] {'h', 'a', 'l', 'f'});
                session.reset();
            }
        };

        private final int code;

        Ending(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        abstract void strike(WireSession session) throws IOException;
    }

    /** Reads {@code flood <bytes>}, which sends {@link Payload} and closes, or {@code end <Ending>}. */
    static void run(WireSession session) throws IOException {
        Frame frame = session.readFrame();
        while (frame != null && frame.isControl()) {
            frame = session.readFrame();
        }
        if (frame == null) {
            return;
        }
        String[] words = frame.text().split(" ");
        if (words[0].equals("flood")) {
            flood(session, Long.parseLong(words[1]));
        } else {
            Ending.valueOf(words[1]).strike(session);
        }
    }

    private static void flood(WireSession session, long bytes) throws IOException {
        InputStream payload = Payload.stream(bytes);
        byte[] buffer = new byte[5000];
        for (int n; (n = payload.read(buffer)) >= 0; ) {
            session.sendBinary(Arrays.copyOf(buffer, n));
        }
        session.close(1000, "");
    }
}
