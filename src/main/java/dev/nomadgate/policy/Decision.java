package dev.nomadgate.policy;

/** What the policy says to an attempt. The texts are fit for a log line and for whoever is refused. */
public sealed interface Decision {

    /** Stands in the place of a rule's name where none applied. */
    String DEFAULT = "default";

    /** The name of the rule that decided, or {@link #DEFAULT}. */
    String rule();

    /** The session may go on to Nomad, which has its own say. */
    record Allowed(String rule) implements Decision {
    }

    /**
     * It may not.
     *
     * @param reason a sentence or two: which rule, and which unknown fact counted against the session; nothing secret,
     *     nothing that the client sent
     * @param remedy what could be done about it
     */
    record Refused(String rule, String reason, String remedy) implements Decision {
    }

    /**
     * It may, but only because the policy is on trial.
     *
     * @param reason as that of a refusal
     */
    record WouldRefuse(String rule, String reason) implements Decision {
    }
}
