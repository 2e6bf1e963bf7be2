package dev.nomadgate.contract.exec;

import static dev.nomadgate.standin.StandInNomad.ECHO_ALLOC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.contract.containers.ContainerKind;
import dev.nomadgate.standin.Frame;
import dev.nomadgate.standin.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a session ends, nothing of it stays. */
@Tag("apart")
class NoLeakIT extends ExecContract {

    private static final int CLIENTS = 4;
    /** A selector holds the connection that it closed last until its next event. */
    private static final int HELD = 8;
    /** What pools of threads may still grow, once warm, for a few clients at once. */
    private static final int POOLED = 12;

    static Stream<ContainerKind> containers() {
        return oneForEachWebSocketApi();
    }

    NoLeakIT(ContainerKind kind) {
        super(kind);
    }

    /** A way for one side to die, at a moment of its own. */
    enum Death {
        BROWSER_SENDS_EOF {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().close();
            }
        },
        BROWSER_HALF_CLOSES {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().shutdownOutput();
            }
        },
        BROWSER_RESETS {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().reset();
            }
        },
        BROWSER_RESETS_WITHIN_A_FRAME {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().sendRaw(new byte[] {(byte) 0x82, (byte) 0xfe, 1});
                pair.browser().reset();
            }
        },
        BROWSER_RESETS_WITHIN_A_MESSAGE {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().sendFrame(Frame.TEXT, false, bytes("half"));
                pair.browser().reset();
            }
        },
        BROWSER_CLOSES_AND_RESETS {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().close(1000, "");
                pair.browser().reset();
            }
        },
        BROWSER_DIES_IN_A_FLOOD {
            @Override
            void strike(Pair pair) throws IOException {
                CompletableFuture<Void> flood = flood(pair);
                pair.browser().readFrame();
                pair.browser().reset();
                assertThat(flood).succeedsWithin(SOON);
            }
        },
        BROWSER_CLOSES_IN_A_FLOOD_AND_READS_NO_MORE {
            @Override
            void strike(Pair pair) throws IOException {
                CompletableFuture<Void> flood = flood(pair);
                pair.browser().close(1000, "");
                assertThat(flood).succeedsWithin(SOON);
            }
        },
        NOMAD_SENDS_EOF {
            @Override
            void strike(Pair pair) throws IOException {
                pair.nomad().eof();
                answerClose(pair);
            }
        },
        NOMAD_RESETS {
            @Override
            void strike(Pair pair) throws IOException {
                pair.nomad().reset();
                answerClose(pair);
            }
        },
        NOMAD_RESETS_WITHIN_A_MESSAGE {
            @Override
            void strike(Pair pair) throws IOException {
                pair.nomad().sendFrame(Frame.TEXT, false, bytes("half"));
                pair.nomad().reset();
                answerClose(pair);
            }
        },
        NOMAD_RESETS_WHILE_THE_BROWSER_CLOSES {
            @Override
            void strike(Pair pair) throws IOException {
                pair.browser().close(1000, "");
                pair.nomad().reset();
            }
        },
        BOTH_CLOSE_AT_ONCE {
            @Override
            void strike(Pair pair) throws IOException {
                pair.nomad().close(1000, "");
                pair.browser().close(1000, "");
            }
        },
        BOTH_RESET_AT_ONCE {
            @Override
            void strike(Pair pair) throws IOException {
                pair.nomad().reset();
                pair.browser().reset();
            }
        };

        abstract void strike(Pair pair) throws IOException;

        private static void answerClose(Pair pair) throws IOException {
            pair.browser().close(pair.browser().readClose(SOON).closeCode(), "");
        }

        /** More than the kernel takes, until the gate ends it. */
        private static CompletableFuture<Void> flood(Pair pair) {
            return CompletableFuture.runAsync(() -> {
                try {
                    byte[] much = new byte[4096];
                    while (true) {
                        pair.nomad().sendBinary(much);
                    }
                } catch (IOException e) {
                    // What was waited for.
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverDiesAndHoweverTheOtherSideIsClosed(Death death) throws Exception {
        int sockets = gate.socketCount();
        Pair pair = pair();
        death.strike(pair);

        eventually("Nomad's side").until(() -> nomad.openSessions() == 0);
        eventually("the browser's side").until(() -> gate.socketCount() <= sockets);
    }

    @Test
    @Timeout(240)
    void afterThousandsOfSessionsEverythingIsBackWhereItWas() throws Exception {
        int cycles = 10_000;
        int lines = gate.output().size();
        run(cycles / 10);
        eventually("rest").until(() -> nomad.openSessions() == 0);
        int sockets = gate.socketCount();
        int threads = gate.threadNames().size();
        long heap = gate.heapUsed();

        run(cycles);

        eventually("sessions").until(() -> nomad.openSessions() == 0);
        eventually("bridges").pollInterval(Duration.ofMillis(500))
                .until(() -> gate.instances("dev.nomadgate.exec.Bridge") <= HELD);
        eventually("sockets").until(() -> gate.socketCount() <= sockets + 4);
        assertThat(gate.threadNames()).hasSizeLessThanOrEqualTo(threads + POOLED);
        assertThat(gate.heapUsed()).isLessThan(heap + (2 << 20));
        assertThat(gate.stackTraces(lines)).isEmpty();
        assertThat(gate.output()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    private void run(int cycles) {
        List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < cycles / CLIENTS; i++) {
                        cycle(i);
                    }
                }))
                .toList();
        clients.forEach(CompletableFuture::join);
    }

    private void cycle(int i) {
        try (RawWebSocket browser = RawWebSocket.open(gate.uri(exec(ECHO_ALLOC)), Map.of())) {
            if (i % 3 > 0) {
                browser.sendText("x");
                browser.readText(SOON);
            }
            switch (i % 4) {
                case 0, 1 -> {
                    browser.close(1000, "");
                    browser.readClose(SOON);
                }
                case 2 -> browser.reset();
                default -> browser.close();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
