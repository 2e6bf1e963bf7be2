package dev.nomadgate.autobahn;

/** What Autobahn|Testsuite says of a case, or of how its connection closed; the better ones first. */
enum Verdict {
    OK,
    INFORMATIONAL,
    NON_STRICT,
    UNIMPLEMENTED,
    WRONG_CODE,
    UNCLEAN,
    FAILED_BY_CLIENT,
    FAILED,
    /** The suite has no result, for one because the handshake failed. */
    MISSING;

    /** Reads the suite's own word for it. */
    static Verdict of(String word) {
        return valueOf(word.replace(' ', '_').replace('-', '_'));
    }

    boolean worseThan(Verdict other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
