package dev.nomadgate.exec.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.exec.Frame;
import dev.nomadgate.exec.Leg;
import dev.nomadgate.exec.SilentListener;
import dev.nomadgate.played.Played;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

/** What the leg makes of Jetty's words, where their order matters. */
class JettyLegTest {

    private final List<String> order = new ArrayList<>();

    /** Seen with Jetty 12.1.12: the next frame, sent by another thread meanwhile, became a continuation of the last one. */
    @Test
    void aFrameIsWrittenWhenJettyHasNotedSo() {
        JettyLeg leg = open();
        leg.send(new Frame.Text("x", true), new Leg.Done() {
            @Override
            public void written() {
                order.add("written");
            }

            @Override
            public void failed(Throwable cause) {
                order.add("failed");
            }
        });
        assertThat(order).containsExactly("called back", "returned", "written");
        assertThat(leg.writing()).isFalse();
    }

    private JettyLeg open() {
        JettyLeg leg = new JettyLeg(new SilentListener());
        leg.onWebSocketOpen(Played.by(Session.class, (proxy, method, arguments) -> {
            if (method.getName().equals("sendPartialText")) {
                ((Callback) arguments[2]).succeed();
                order.add("called back");
                order.add("returned");
            }
            return null;
        }));
        return leg;
    }
}
