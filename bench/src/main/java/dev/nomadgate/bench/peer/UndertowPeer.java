package dev.nomadgate.bench.peer;

/** Undertow's proxy handler. */
public final class UndertowPeer extends JavaMainPeer {

    public UndertowPeer() {
        super("undertow", "UndertowMain", "undertow-core");
    }
}
