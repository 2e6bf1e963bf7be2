/**
 * Who may open which session, by the operator's rules: judged before anything reaches Nomad, and only ever narrower
 * than what Nomad itself allows. {@link dev.nomadgate.policy.ExecPolicy} judges; it knows neither HTTP nor where its
 * facts come from, and a fact that it lacks counts against the session.
 */
package dev.nomadgate.policy;
