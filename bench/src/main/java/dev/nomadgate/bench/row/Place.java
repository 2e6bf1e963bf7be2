package dev.nomadgate.bench.row;

import dev.nomadgate.bench.process.Subject;

/** Where a row finds what it measures. */
public interface Place {

    Effort effort();

    /** The one that lives as long as the run, warmed if it is Java's. */
    Subject standing() throws Exception;

    /** One of the row's own, which it closes; not warmed. */
    Subject fresh() throws Exception;

    /** The same, with a heap of {@code -Xmx256m}. */
    Subject freshSmall() throws Exception;

    /** The same, with a heap that gives back what is not in use. */
    Subject freshShrinking() throws Exception;
}
