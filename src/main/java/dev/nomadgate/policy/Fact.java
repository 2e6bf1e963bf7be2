package dev.nomadgate.policy;

/** What rules ask about that may not be known, in words for whoever is refused because of it. */
enum Fact {

    NAMESPACE("the namespace of the allocation", Remedy.ALLOCATION),
    JOB("the job of the allocation", Remedy.ALLOCATION),
    GROUP("the group of the allocation", Remedy.ALLOCATION),
    TASK("the task", "Name it in the query, as task=…"),
    ACTION("the action", "Name it in the query, as action=…"),
    COMMAND("the command", "Send it in the query as a JSON array of words, as command=[\"ls\",\"-l\"]."),
    WHO("who asks", "Sign in: the container authenticated nobody."),
    KIND("the kind", ""),
    CLIENT("the address", ""),
    TIME("the time", "");

    private final String words;
    private final String remedy;

    Fact(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** As in: … is not known. */
    String words() {
        return words;
    }

    /** What makes it known. */
    String remedy() {
        return remedy;
    }

    /** Whether only Nomad can tell it. */
    boolean isNomads() {
        return remedy.equals(Remedy.ALLOCATION);
    }

    private static final class Remedy {

        private static final String ALLOCATION = "Nomad did not tell the gate: look whether the allocation exists, and"
                + " send a token that may read its job in X-Nomad-Token, or have the gate ask with a token of its own"
                + " (nomad-gate.identity).";
    }
}
