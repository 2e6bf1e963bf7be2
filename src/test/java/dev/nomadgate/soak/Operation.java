package dev.nomadgate.soak;

import java.io.IOException;

/** Something that a client does to the gate, and sees through or not. */
interface Operation {

    /** The name under which it is counted. */
    String name();

    /** How often it comes, compared to others. */
    int weight();

    /**
     * Does it.
     *
     * @throws IOException or an {@link AssertionError}, if it went as only a fault excuses
     * @throws Wrong if it went as nothing excuses
     */
    void run(Attempt attempt) throws IOException;
}
