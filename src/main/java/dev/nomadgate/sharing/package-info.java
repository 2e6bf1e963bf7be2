/**
 * One query to Nomad for many clients that ask the same and wait: Nomad keeps a connection occupied for each blocking
 * query until its wait ends, whether or not anybody still listens, and allows one address a hundred of them.
 *
 * <p>{@link dev.nomadgate.sharing.BlockingQuery} recognises such a query, {@link dev.nomadgate.sharing.QueryKey} says
 * which of them are the same, and {@link dev.nomadgate.sharing.SharedQueries} lets the same ones wait together. Nothing is
 * kept once it was answered: this is no cache.
 */
package dev.nomadgate.sharing;
