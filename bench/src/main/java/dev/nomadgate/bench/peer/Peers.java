package dev.nomadgate.bench.peer;

import java.util.List;

/** All peers, in the order in which they are shown. */
public final class Peers {

    private Peers() {
    }

    public static List<Peer> all() {
        return List.of(new GateOnJetty(), new GateOnTomcat(), new Nginx(), new HaProxy(), new UndertowPeer(),
                JettyPeer.servlet(), JettyPeer.core(), new VertxPeer());
    }
}
