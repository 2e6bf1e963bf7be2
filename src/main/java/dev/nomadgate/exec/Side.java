package dev.nomadgate.exec;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One of the two connections of a {@link Bridge}: passes on what its peer sends. Thread-safe. */
final class Side implements Leg.Listener {

    private final Bridge bridge;
    private final Keepalive keepalive;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Leg leg;
    private volatile Outlet outlet;
    private volatile long messageSoFar;

    /** @param keepalive makes one that runs its argument when the peer is gone */
    Side(Bridge bridge, Function<Runnable, Keepalive> keepalive) {
        this.bridge = bridge;
        this.keepalive = keepalive.apply(this::abort);
    }

    @Override
    public void opened(Leg opened) {
        outlet = new Outlet(opened);
        leg = opened;
        bridge.opened(this, opened);
    }

    /** Begins to read. */
    void start() {
        if (leg != null && !closed.get() && started.compareAndSet(false, true)) {
            keepalive.start(leg);
            if (closed.get()) {
                keepalive.stop();
            }
            demand();
        }
    }

    private void demand() {
        keepalive.reading(true);
        leg.demand();
    }

    @Override
    public void frame(Frame frame, Runnable taken) {
        boolean own = frame instanceof Frame.Pong pong && Keepalive.own(pong.payload());
        keepalive.received(own);
        keepalive.reading(false);
        if (own || bridge.isEnding() || (frame instanceof Frame.Data data && !mayPass(data))) {
            taken.run();
            demand();
            return;
        }
        if (frame instanceof Frame.Data data) {
            if (bridge.holdsBack(this)) {
                hold(data, taken);
                return;
            }
            bridge.shown(this, data);
        }
        pass(frame, taken);
    }

    private void hold(Frame.Data frame, Runnable taken) {
        bridge.hold(frame).whenComplete((message, failure) -> {
            if (failure == null && message.isPresent()) {
                pass(message.get(), taken);
            } else {
                taken.run();
                demand();
            }
        });
    }

    private void pass(Frame frame, Runnable taken) {
        Side other = bridge.other(this);
        if (frame instanceof Frame.Data data) {
            other.keepalive.sent(data.size());
        }
        other.outlet.pass(frame, new Leg.Done() {
            @Override
            public void written() {
                taken.run();
                demand();
            }

            @Override
            public void failed(Throwable cause) {
                // That side's own listener hears why; this side must stay readable to be closed. Nor may a close be cut
                // off on its way: Jetty gives up what waits to be written before one that tells of a failure.
                if (!bridge.isEnding()) {
                    other.abort();
                }
                taken.run();
                demand();
            }
        });
    }

    private boolean mayPass(Frame.Data frame) {
        // One frame at a time comes here.
        long size = messageSoFar + frame.size();
        messageSoFar = frame.last() ? 0 : size;
        return bridge.passing(this, frame, size);
    }

    /** Sends a message of the gate's own, if there is a connection yet. */
    void insert(Frame message) {
        Outlet open = outlet;
        if (open != null) {
            open.insert(message);
        }
    }

    @Override
    public void closing(CloseStatus status) {
        bridge.end(this, status);
    }

    @Override
    public void closed(CloseStatus status) {
        if (closed.compareAndSet(false, true)) {
            keepalive.stop();
            bridge.end(this, status);
            bridge.closed();
        }
    }

    void close(CloseStatus status) {
        if (leg != null && !closed.get()) {
            leg.close(status);
        }
    }

    /** The same after a last message of the gate's own, unless one of the peer's is only half passed. */
    void close(Frame last, CloseStatus status) {
        Outlet open = outlet;
        if (open == null) {
            close(status);
        } else {
            open.end(last, () -> close(status));
        }
    }

    /** Drops the connection if there is one. */
    void drop() {
        Leg open = leg;
        if (open != null && !closed.get()) {
            open.abort();
        }
    }

    /** Drops the connection; one that never came counts as dropped. */
    void abort() {
        if (leg == null) {
            closed(CloseStatus.abnormal());
        } else if (!closed.get()) {
            leg.abort();
        }
    }
}
