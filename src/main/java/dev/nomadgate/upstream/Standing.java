package dev.nomadgate.upstream;

/**
 * How a server does at this moment. Immutable.
 *
 * @param server the one
 * @param available whether clients are sent there
 * @param reason why it is left out, or was and is only being tried; empty if nothing speaks against it
 */
public record Standing(Server server, boolean available, String reason) {
}
