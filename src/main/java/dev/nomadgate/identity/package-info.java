/**
 * Finds out at Nomad who is in a session, and where in the cluster it runs: a handshake names neither. Asks with the
 * request's own token, or with the gate's; keeps no token.
 */
package dev.nomadgate.identity;
