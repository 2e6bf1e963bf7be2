package dev.nomadgate.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody wants a session.
 *
 * @param id of the request, as in {@code X-Request-Id}
 * @param since when it came
 * @param target what it asks for
 * @param user whom the container authenticated
 */
public record Handshake(String id, Instant since, InetAddress client, ExecTarget target, Optional<User> user) {
}
