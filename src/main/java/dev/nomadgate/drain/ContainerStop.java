package dev.nomadgate.drain;

/**
 * Hears from a container that it is about to stop the gate, while everything still works: a servlet context listener hears
 * of it only when requests can be answered no more.
 */
public interface ContainerStop {

    /** What is going to stop. */
    enum Scope {
        /** This gate, in a container that goes on. */
        GATE,
        /** The container, which by now takes no new connections if it can be told so. */
        CONTAINER
    }

    /** Is told, once or more. */
    @FunctionalInterface
    interface Listener {

        /** The container goes on when this returns. */
        void stopping(Scope scope);
    }

    /** Hears no more, and leaves nothing behind in the container. */
    void forget();
}
