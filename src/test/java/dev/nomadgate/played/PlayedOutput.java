package dev.nomadgate.played;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** A response's output that can be written at any time, in the blocking way. */
public abstract class PlayedOutput extends ServletOutputStream {

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(int octet) {
        throw new UnsupportedOperationException();
    }
}
