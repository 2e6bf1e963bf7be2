package dev.nomadgate.standin;

/** A session that ends with a close frame of Nomad's. */
final class ExecFailure extends Exception {
    final int code;

    private ExecFailure(int code, String reason) {
        super(reason);
        this.code = code;
    }

    /** What Nomad makes of an internal error: 1011. */
    static ExecFailure internal(String reason) {
        return new ExecFailure(1011, reason);
    }

    /** What Nomad makes of every other error: 1008. */
    static ExecFailure policy(String reason) {
        return new ExecFailure(1008, reason);
    }
}
