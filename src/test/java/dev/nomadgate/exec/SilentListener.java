package dev.nomadgate.exec;

/** Hears what a peer does, and nothing comes of it. */
public final class SilentListener implements Leg.Listener {

    @Override
    public void opened(Leg leg) {
    }

    @Override
    public void frame(Frame frame, Runnable taken) {
    }

    @Override
    public void closing(CloseStatus status) {
    }

    @Override
    public void closed(CloseStatus status) {
    }
}
