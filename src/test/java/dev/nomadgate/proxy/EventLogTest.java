package dev.nomadgate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.client.Client;
import dev.nomadgate.played.Played;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Who floods the gate does not flood its log, and writes no line of their own. */
class EventLogTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong time = new AtomicLong();
    private final EventLog log = new EventLog(Played.by(Logger.class, (proxy, method, args) -> lines.add(args.length == 1
                    ? (String) args[0] : args[0] + " " + Arrays.asList(args).subList(1, args.length))), time::get);

    @Test
    void aFloodIsCutAndCounted() {
        for (int i = 0; i < 1000; i++) {
            log.info("refused");
        }
        assertThat(lines).hasSize(100).containsOnly("refused");
        time.addAndGet(1_000_000_000);
        log.warn("and on");
        assertThat(lines).hasSize(102).last().isEqualTo("and on");
        assertThat(lines.get(100)).contains("900", "100");
    }

    @Test
    void aQuietGateLogsEverything() {
        for (int i = 0; i < 100; i++) {
            log.info("refused");
            time.addAndGet(100_000_000);
        }
        assertThat(lines).hasSize(100);
    }

    @Property(tries = 300)
    void nobodyEndsALine(@ForAll String path) throws Exception {
        Client client = new Client(InetAddress.getByName("2001:db8::1"), "http", "gate.example", 80);
        assertThat(EventLog.shown(client, "GET", path)).matches("GET [ -~]* from 2001:db8::1");
    }
}
