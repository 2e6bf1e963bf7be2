package dev.nomadgate.recording;

import dev.nomadgate.policy.Glob;
import dev.nomadgate.session.Workload;
import java.util.Optional;

/**
 * Which sessions are recorded: those for which all hold that are given. Immutable.
 *
 * @param namespace of the job
 * @param job its id
 * @param task its name
 */
public record RecordingRule(Optional<Glob> namespace, Optional<Glob> job, Optional<Glob> task) {

    /** Whether it wants a session there. What is not known matches: better one recording too many. */
    public boolean wants(Workload workload) {
        return matches(namespace, workload.namespace()) && matches(job, workload.job())
                && matches(task, workload.task());
    }

    private static boolean matches(Optional<Glob> pattern, Optional<String> name) {
        return pattern.isEmpty() || name.isEmpty() || pattern.get().matches(name.get());
    }
}
