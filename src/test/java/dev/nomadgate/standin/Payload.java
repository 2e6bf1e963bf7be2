package dev.nomadgate.standin;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Large bodies that both sides of a test can produce and check without holding them. */
public final class Payload {
    private Payload() {}

    /** {@code bytes} pseudo-random bytes: always the same ones, and incompressible. */
    public static InputStream stream(long bytes) {
        return new InputStream() {
            private long left = bytes;
            private long state = 0x9E3779B97F4A7C15L;
            private long word;
            private int wordLeft;

            @Override
            public int read() {
                if (left == 0) {
                    return -1;
                }
                left--;
                return next() & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (length > 0 && left == 0) {
                    return -1;
                }
                int n = (int) Math.min(length, left);
                for (int i = 0; i < n; i++) {
                    to[offset + i] = (byte) next();
                }
                left -= n;
                return n;
            }

            private int next() {
                if (wordLeft == 0) {
                    // xorshift64: a few instructions for eight bytes.
                    state ^= state << 13;
                    state ^= state >>> 7;
                    state ^= state << 17;
                    word = state;
                    wordLeft = 8;
                }
                wordLeft--;
                int b = (int) word;
                word >>>= 8;
                return b;
            }
        };
    }

    /** The lower-case hexadecimal SHA-256 of {@link #stream}. */
    public static String sha256(long bytes) {
        return sha256(stream(bytes));
    }

    /** The lower-case hexadecimal SHA-256 of a stream, read to its end. */
    public static String sha256(InputStream in) {
        MessageDigest digest = digest();
        try (DigestInputStream digesting = new DigestInputStream(in, digest)) {
            byte[] buffer = new byte[16 * 1024];
            while (digesting.read(buffer) >= 0) {
                // Only the digest counts.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
