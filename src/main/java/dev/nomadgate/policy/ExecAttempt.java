package dev.nomadgate.policy;

import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Workload;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A session that somebody asks for, and what is known about it.
 *
 * @param target what the handshake asks for, read as Nomad reads it
 * @param workload what Nomad says about the allocation, and nothing of what the client says; a field that is empty is
 *     not known. For an action, too: Nomad (2.0.6-dev) looks the job up in the namespace that the query names, and then
 *     enters the allocation, which may belong to a job of the same name in another namespace
 * @param principal whom the container authenticated
 * @param inRole whether that one has a role; asked only where there is a principal
 * @param client its address, as the gate found it
 * @param at when
 */
public record ExecAttempt(ExecTarget target, Workload workload, Optional<String> principal, Predicate<String> inRole,
        InetAddress client, Instant at) {

    /** The same, now that Nomad has told more. */
    public ExecAttempt with(Workload told) {
        return new ExecAttempt(target, told, principal, inRole, client, at);
    }

    boolean isExec() {
        return target.kind() == ExecTarget.Kind.EXEC;
    }

    /** The job; for an action the one that the path names, since Nomad refuses an allocation of another. */
    Optional<String> job() {
        return isExec() ? workload.job() : target.workload().job();
    }

    /** The task: the one that is asked for is the one that is entered. */
    Optional<String> task() {
        return target.workload().task();
    }
}
