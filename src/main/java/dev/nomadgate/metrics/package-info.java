/**
 * What the gate counts, and how it is read: as Prometheus text at {@code gate/metrics} and as an MBean. Everything hangs on
 * one {@link dev.nomadgate.metrics.Metrics} for each deployment, so that gates in one JVM do not mix and nothing is left of
 * one that is taken down. No label holds what a client sent: their values are few and known, but for the servers' addresses.
 * {@code src/docs/metrics.md} documents each meter.
 */
package dev.nomadgate.metrics;
