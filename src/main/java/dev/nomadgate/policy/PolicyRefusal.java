package dev.nomadgate.policy;

import dev.nomadgate.proxy.Failure;

/** A decision against a session, in words. */
public final class PolicyRefusal {

    private PolicyRefusal() {
    }

    /** For who asked. */
    public static Failure failure(Decision.Refused refused) {
        return new Failure(403, "The gate's policy does not allow this session", refused.reason(),
                "No session was opened at Nomad. " + refused.remedy());
    }

    /**
     * For the log, of a policy that is on trial.
     *
     * @param who asks for what, without a query
     */
    public static String line(String who, Decision.WouldRefuse would) {
        return "nomad-gate.policy would refuse " + who + ": " + would.reason();
    }
}
