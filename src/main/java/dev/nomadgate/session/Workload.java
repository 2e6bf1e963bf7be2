package dev.nomadgate.session;

import java.util.Optional;

/**
 * Where in Nomad a session runs, as far as that is known. Immutable.
 *
 * @param namespace of the job
 * @param job its id, decoded: {@code team/batch}
 * @param group the task group
 * @param task in the group
 * @param allocation its id
 * @param node the name of the client node
 */
public record Workload(Optional<String> namespace, Optional<String> job, Optional<String> group, Optional<String> task,
        Optional<String> allocation, Optional<String> node) {

    /** Nothing is known. */
    public static final Workload UNKNOWN = new Workload(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());

    /** This one, completed by another: what Nomad says of an allocation counts before what a client says of it. */
    public Workload with(Workload known) {
        return new Workload(known.namespace.or(() -> namespace), known.job.or(() -> job), known.group.or(() -> group),
                known.task.or(() -> task), known.allocation.or(() -> allocation), known.node.or(() -> node));
    }
}
