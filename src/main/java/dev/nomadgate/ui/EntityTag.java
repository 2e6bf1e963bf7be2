package dev.nomadgate.ui;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A strong entity tag (RFC 9110 §8.8.3): another content has another one.
 *
 * @param value with its quotes
 */
record EntityTag(String value) {

    static EntityTag of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new EntityTag('"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Whether a client that sent these has this content already. Compares weakly, as RFC 9110 §13.1.2 asks: proxies
     * that compress make a strong tag weak. Found by its quotes, since nobody else's tag can hold this hash.
     *
     * @param ifNoneMatch the values of the request's {@code If-None-Match} fields
     */
    boolean matches(Collection<String> ifNoneMatch) {
        return ifNoneMatch.stream().anyMatch(tags -> tags.contains(value) || tags.strip().equals("*"));
    }
}
