package dev.nomadgate.upstream;

/** Whether one server is well, as far as the gate's own checks tell. Guarded by its owner. */
final class ActiveHealth {

    private boolean well = true;
    private boolean answers = true;
    private int streak;
    private String reason = "";

    boolean well() {
        return well;
    }

    /** Whether the last check was answered, if only with bad news: a server without quorum still serves stale reads. */
    boolean answers() {
        return answers;
    }

    String reason() {
        return reason;
    }

    /** @param needed how many checks in a row have to pass until a server that was not well is */
    void passed(int needed) {
        answers = true;
        turn(true, needed);
    }

    /** @param needed how many checks in a row have to fail until a server that was well is not */
    void failed(String why, boolean answered, int needed) {
        answers = answered;
        reason = why;
        turn(false, needed);
    }

    private void turn(boolean to, int needed) {
        streak = to == well ? 0 : streak + 1;
        if (streak >= needed) {
            well = to;
            streak = 0;
        }
    }
}
