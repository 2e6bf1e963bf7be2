/**
 * What is known of a session: what its handshake asks for, who is in it, where it runs, how much has passed. Whoever
 * reports on sessions (audit, recording, pages, metrics) reads it here and hears of it as a {@link
 * dev.nomadgate.session.SessionObserver}; nobody here knows HTTP, WebSocket or a container.
 */
package dev.nomadgate.session;
