package dev.nomadgate.config;

/**
 * The whole configuration of one gate, read and checked once at deployment. Immutable.
 *
 * <p>Every setting, with its unit, default and source, is described in {@code reference.conf};
 * the records here only carry the values that were read.
 *
 * @param upstream the Nomad servers and how to talk to them
 * @param client whom to believe about the client, and by which names it may call the gate
 * @param exec the rules for WebSocket sessions
 * @param limits how much the gate takes on
 * @param drain how it lets go of it when it is stopped
 * @param identity how it finds out who is in a session
 * @param audit where sessions are put on record
 * @param policy who may open which session
 */
public record GateConfig(
        UpstreamConfig upstream,
        ClientConfig client,
        ExecConfig exec,
        LimitsConfig limits,
        DrainConfig drain,
        IdentityConfig identity,
        AuditConfig audit,
        PolicyConfig policy) {
}
