package dev.nomadgate.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which server a client would get at this moment, and why. Immutable.
 *
 * @param client its address
 * @param steps the servers that were looked at, in order; one may come up again; the last is the choice if it was taken
 * @param note what is not as it should be, for people; empty if all is
 * @param problems why there are not more servers, one line each
 */
public record Placement(InetAddress client, List<Step> steps, String note, List<String> problems) {

    /**
     * One look.
     *
     * @param server looked at
     * @param point where the hash met the weights of the servers laid end to end, from 0
     * @param of the sum of those weights
     * @param refusal why it was passed over; empty if it was taken
     */
    public record Step(Server server, int point, int of, String refusal) {

        public boolean taken() {
            return refusal.isEmpty();
        }
    }

    public Placement {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    /** The server; empty if there is none. */
    public Optional<Server> server() {
        return steps.stream().filter(Step::taken).map(Step::server).findFirst();
    }
}
