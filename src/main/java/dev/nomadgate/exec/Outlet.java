package dev.nomadgate.exec;

/**
 * Where a side's data frames go out, one at a time. A message of the gate's own goes between two messages that pass, never
 * into one. Thread-safe.
 */
final class Outlet {

    private final Leg leg;
    private boolean sending;
    private boolean withinMessage;
    private Write own;
    private Write waiting;

    private record Write(Frame frame, Leg.Done done) {
    }

    Outlet(Leg leg) {
        this.leg = leg;
    }

    /** Sends a frame that passes; of those with data the next one comes only when the last was written. */
    void pass(Frame frame, Leg.Done done) {
        if (!(frame instanceof Frame.Data data)) {
            leg.send(frame, done);
            return;
        }
        synchronized (this) {
            withinMessage = !data.last();
            if (sending) {
                waiting = new Write(frame, done);
                return;
            }
            sending = true;
        }
        send(new Write(frame, done));
    }

    /** Sends a whole message of the gate's own as soon as that can be; one that waits gives way to a newer one. */
    void insert(Frame message) {
        insert(new Write(message, IGNORED));
    }

    /**
     * Sends a last message of the gate's own, when no more passes: after the frame that is being written, but not at all if
     * that leaves a message unfinished.
     *
     * @param then runs once it was written, or cannot be
     */
    void end(Frame message, Runnable then) {
        boolean possible;
        synchronized (this) {
            possible = !withinMessage;
        }
        if (possible) {
            insert(new Write(message, new Then(then)));
        } else {
            then.run();
        }
    }

    private void insert(Write write) {
        synchronized (this) {
            own = write;
            if (sending || withinMessage) {
                return;
            }
            sending = true;
        }
        next();
    }

    private void send(Write write) {
        Leg.Done done = new Leg.Done() {
            @Override
            public void written() {
                next();
                write.done().written();
            }

            @Override
            public void failed(Throwable cause) {
                next();
                write.done().failed(cause);
            }
        };
        leg.send(write.frame(), done);
    }

    /** After a frame was written, or was not, with {@link #sending} still set. */
    private void next() {
        Write write;
        synchronized (this) {
            if (waiting != null) {
                write = waiting;
                waiting = null;
            } else if (own != null && !withinMessage) {
                write = own;
                own = null;
            } else {
                sending = false;
                return;
            }
        }
        send(write);
    }

    /** If it fails the connection is gone, which its listener hears. */
    private record Then(Runnable then) implements Leg.Done {
        @Override
        public void written() {
            then.run();
        }

        @Override
        public void failed(Throwable cause) {
            then.run();
        }
    }

    private static final Leg.Done IGNORED = new Then(() -> { });
}
