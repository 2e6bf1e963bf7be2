package dev.nomadgate.upstream.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The little of ASN.1's DER (X.690) that turns the older private key files into PKCS#8. */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xA0;
    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    private Der() {
    }

    /** RFC 5958: {@code SEQUENCE { INTEGER 0, SEQUENCE { algorithm }, OCTET STRING { key } }}. */
    static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, algorithm), element(OCTET_STRING, key));
    }

    /** RFC 5915: the parameters, a curve's name as a rule, that an EC key carries in its field [0]. */
    static Optional<byte[]> curveOf(byte[] ecPrivateKey) {
        ByteBuffer fields = content(ByteBuffer.wrap(ecPrivateKey));
        while (fields.hasRemaining()) {
            int tag = fields.get(fields.position()) & 0xFF;
            ByteBuffer field = content(fields);
            if (tag == CONTEXT_0) {
                byte[] curve = new byte[field.remaining()];
                field.get(curve);
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Reads the element at the buffer's position and moves behind it; any RuntimeException: not DER. */
    private static ByteBuffer content(ByteBuffer from) {
        from.get();
        int length = from.get() & 0xFF;
        if (length >= 0x80) {
            int bytes = length & 0x7F;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | from.get() & 0xFF;
            }
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }

    private static byte[] element(int tag, byte[]... contents) {
        byte[] content = join(contents);
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else if (content.length < 0x100) {
            element.write(0x81);
            element.write(content.length);
        } else if (content.length < 0x10000) {
            element.write(0x82);
            element.write(content.length >> 8);
            element.write(content.length);
        } else {
            throw new IllegalArgumentException("no private key is this large");
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
