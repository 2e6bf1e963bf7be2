package dev.nomadgate.autobahn;

/**
 * How one case went.
 *
 * @param behavior during the case
 * @param close at its end
 */
record CaseResult(Verdict behavior, Verdict close) {

    static final CaseResult MISSING = new CaseResult(Verdict.MISSING, Verdict.MISSING);

    boolean worseThan(CaseResult other) {
        return behavior.worseThan(other.behavior) || close.worseThan(other.close);
    }

    @Override
    public String toString() {
        return behavior == close ? behavior.toString() : behavior + " / " + close;
    }
}
