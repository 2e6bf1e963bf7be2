package dev.nomadgate.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Writes every {@code write} as one chunk, and the answer's head in front of the first. */
final class ChunkedOutput extends OutputStream {
    private final Connection connection;
    private final boolean chunked;
    private Supplier<byte[]> head;
    private boolean closed;

    ChunkedOutput(Connection connection, Supplier<byte[]> head, boolean chunked) {
        this.connection = connection;
        this.head = head;
        this.chunked = chunked;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            ByteArrayOutputStream chunk = start(length);
            if (chunked) {
                chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            chunk.write(bytes, offset, length);
            if (chunked) {
                chunk.write('\r');
                chunk.write('\n');
            }
            connection.write(chunk.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            ByteArrayOutputStream end = start(8);
            if (chunked) {
                end.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            connection.write(end.toByteArray());
        }
    }

    private ByteArrayOutputStream start(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + 512);
        if (head != null) {
            bytes.writeBytes(head.get());
            head = null;
        }
        return bytes;
    }
}
