/**
 * The record of who opened which session: a line of JSON for each start and end, and for each handshake that was refused.
 * Knows what a session is, and files; nothing of HTTP.
 */
package dev.nomadgate.audit;
