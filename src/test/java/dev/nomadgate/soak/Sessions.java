package dev.nomadgate.soak;

import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.HandshakeRefused;
import dev.nomadgate.standin.RawWebSocket;
import dev.nomadgate.standin.StandInNomad;
import java.io.IOException;
import java.util.Map;

/** What clients do in sessions. */
enum Sessions implements Operation {

    TYPING(12) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ECHO_ALLOC)) {
                for (int left = attempt.between(1, 60); left > 0; left--) {
                    terminal.echo(attempt.between(0, attempt.oneIn(5) ? 20_000 : 40));
                    attempt.pause(attempt.between(0, 30));
                }
                terminal.leave();
            }
        }
    },
    /** A real command, in Nomad's own words. */
    COMMAND(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ALLOC, "ws_handshake=true&command=%5B%22/bin/cat%22%5D")) {
                terminal.cat();
            }
        }
    },
    PASTE(3) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ECHO_ALLOC)) {
                terminal.echo(attempt.between(1 << 16, 1 << 20));
                terminal.leave();
            }
        }
    },
    IDLE(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ECHO_ALLOC)) {
                terminal.idle(attempt.between(5, 45));
                terminal.echo(10);
                terminal.leave();
            }
        }
    },
    FLOOD_READ_TO_ITS_END(4) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.SCRIPT_ALLOC)) {
                terminal.readFlood(attempt.between(1 << 16, 2 << 20), attempt.oneIn(2) ? 3 : 0);
            }
        }
    },
    /** The client dies in the middle of it. */
    FLOOD_ABANDONED(4) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.SCRIPT_ALLOC)) {
                terminal.browser().sendText("flood " + (64 << 20));
                for (int left = attempt.between(1, 20); left > 0; left--) {
                    terminal.frame();
                }
                terminal.browser().reset();
            }
        }
    },
    /** The client sends without ever reading, and dies. */
    FLOODING(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ECHO_ALLOC)) {
                byte[] piece = new byte[4096];
                for (int left = attempt.between(1, 20); left > 0; left--) {
                    terminal.browser().sendBinary(piece);
                }
                terminal.browser().reset();
            }
        }
    },
    SERVER_ENDS(6) {
        @Override
        public void run(Attempt attempt) throws IOException {
            FarEnd.Ending ending = FarEnd.Ending.values()[attempt.random().nextInt(FarEnd.Ending.values().length)];
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.SCRIPT_ALLOC)) {
                terminal.browser().sendText("end " + ending);
                int code = terminal.awaitClose();
                if (code != ending.code()) {
                    throw new SessionEnded(code, "instead of " + ending.code() + " for " + ending);
                }
            }
        }
    },
    CLIENT_DIES(6) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, StandInNomad.ECHO_ALLOC)) {
                RawWebSocket browser = terminal.browser();
                switch (attempt.random().nextInt(4)) {
                    case 0 -> browser.reset();
                    case 1 -> browser.sendFrame(Frame.TEXT, false, new byte[] {'h', 'a', 'l', 'f'});
                    case 2 -> browser.sendRaw(new byte[] {(byte) 0x82, (byte) 0xfe, 1});
                    default -> browser.shutdownOutput();
                }
            }
        }
    },
    UNKNOWN_ALLOCATION(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (Terminal terminal = Terminal.open(attempt, "00000000-0000-4000-8000-000000000009",
                    "command=%5B%22/bin/cat%22%5D")) {
                int code = terminal.awaitClose();
                if (code != 1008) {
                    throw new SessionEnded(code, "instead of 1008");
                }
            }
        }
    },
    FOREIGN_ORIGIN(2) {
        @Override
        public void run(Attempt attempt) throws IOException {
            try (RawWebSocket ignored = attempt.session(StandInNomad.ECHO_ALLOC, "", 0,
                    Map.of("Origin", "https://elsewhere.example"))) {
                throw new Wrong("a page from elsewhere got a session");
            } catch (HandshakeRefused e) {
                if (e.status() != 403) {
                    throw e;
                }
            }
        }
    };

    private final int weight;

    Sessions(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }
}
