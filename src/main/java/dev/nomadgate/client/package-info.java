/**
 * Who the client is and whether it may: pure values and decisions, without a servlet in sight.
 *
 * <p>{@link dev.nomadgate.client.Arrival} is what came, {@link dev.nomadgate.client.ClientResolver}
 * makes a {@link dev.nomadgate.client.Client} of it by one rule,
 * {@link dev.nomadgate.client.HostPolicy} and {@link dev.nomadgate.client.OriginPolicy} judge it, and
 * {@link dev.nomadgate.client.ForwardedHeaders} is what goes upstream. Text from outside is never
 * given to DNS.
 */
package dev.nomadgate.client;
