package dev.nomadgate.config;

import java.util.Optional;

/**
 * The record of who opened which session.
 *
 * @param file where it is written, {@code %g} standing for the number of the file; empty: nowhere
 * @param maxSize of one file, in bytes
 * @param files how many are kept, the one that is written included
 * @param onFailure what becomes of sessions while it cannot be written
 */
public record AuditConfig(Optional<String> file, long maxSize, int files, OnFailure onFailure) {

    /** What becomes of sessions that cannot be put on record. */
    public enum OnFailure {
        /** They go on; a warning and a metric tell. */
        OPEN,
        /** They are refused. */
        CLOSED
    }
}
