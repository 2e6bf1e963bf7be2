package dev.nomadgate.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A disk that may become slow or full; what it takes is in real files. */
final class Disk implements CastFile.Maker {

    private final CountDownLatch waitsToWrite = new CountDownLatch(1);
    private volatile CountDownLatch stalled = new CountDownLatch(0);
    private volatile long left = Long.MAX_VALUE;
    private volatile int trials;

    /** Nothing is written from now on. */
    void stall() {
        stalled = new CountDownLatch(1);
    }

    /** Until somebody wants to write. */
    void awaitStall() throws InterruptedException {
        waitsToWrite.await();
    }

    void goOn() {
        stalled.countDown();
    }

    /** Only so many bytes are free. */
    void free(long bytes) {
        left = bytes;
    }

    /** How often it was tried whether it takes something. */
    int trials() {
        return trials;
    }

    void tryOut(Path directory) throws IOException {
        trials++;
        OwnFiles.tryOut(directory);
        if (left < 4096) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public CastFile create(Path directory, Instant started, String session) throws IOException {
        RecordingName name = RecordingName.of(started, session, 0);
        return new CastFile(name, new Channel(Files.newByteChannel(directory.resolve(name.fileName()),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))));
    }

    private final class Channel implements SeekableByteChannel {

        private final SeekableByteChannel file;

        private Channel(SeekableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            try {
                if (stalled.getCount() > 0) {
                    waitsToWrite.countDown();
                    stalled.await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (left == 0) {
                throw new IOException("No space left on device");
            }
            int fits = (int) Math.min(left, bytes.remaining());
            left -= fits;
            file.write(bytes.duplicate().limit(bytes.position() + fits));
            bytes.position(bytes.position() + fits);
            return fits;
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            return file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            return file.position(position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }
    }
}
