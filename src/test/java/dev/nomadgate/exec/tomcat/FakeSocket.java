package dev.nomadgate.exec.tomcat;

import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SendfileDataBase;
import org.apache.tomcat.util.net.SendfileState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.eclipse.jetty.util.BufferUtil;

/** A socket of Tomcat's that does what the test says, and notes what it is asked for: nothing without its lock. */
final class FakeSocket extends SocketWrapperBase<NioChannel> {

    final ReentrantLock lock = new ReentrantLock();
    final List<String> asked = new ArrayList<>();
    String arrived = "";
    /** How many bytes the network takes. */
    int room = Integer.MAX_VALUE;
    String sent = "";
    /** What Tomcat has taken and could not send. */
    String held = "";
    private boolean closed;

    FakeSocket() {
        super(null, new NioEndpoint());
    }

    private void note(String what) {
        if (!lock.isHeldByCurrentThread()) {
            throw new AssertionError(what + " without the lock");
        }
        asked.add(what);
    }

    @Override
    public int read(boolean block, ByteBuffer to) {
        note("read");
        int read = arrived.length();
        to.put(arrived.getBytes());
        arrived = "";
        return read;
    }

    @Override
    protected void writeNonBlocking(ByteBuffer from) {
        note("write");
        held += BufferUtil.toString(from);
        from.position(from.limit());
    }

    @Override
    protected boolean flushNonBlocking() {
        note("flush");
        int now = Math.min(room, held.length());
        sent += held.substring(0, now);
        held = held.substring(now);
        room -= now;
        return !held.isEmpty();
    }

    @Override
    protected void doWrite(boolean block, ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerReadInterest() {
        note("register read");
    }

    @Override
    public void registerWriteInterest() {
        note("register write");
    }

    /** Without Tomcat's connection handler, which would be told. */
    @Override
    public void close() {
        note("close");
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    protected void doClose() {
    }

    @Override
    protected void populateRemoteHost() {
    }

    @Override
    protected void populateRemoteAddr() {
    }

    @Override
    protected void populateRemotePort() {
    }

    @Override
    protected void populateLocalName() {
    }

    @Override
    protected void populateLocalAddr() {
    }

    @Override
    protected void populateLocalPort() {
    }

    @Override
    public int read(boolean block, byte[] to, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isReadyForRead() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAppReadBufHandler(ApplicationBufferHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendfileDataBase createSendfileData(String name, long position, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendfileState processSendfile(SendfileDataBase data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doClientAuth(SSLSupport support) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLSupport getSslSupport() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected <A> OperationState<A> newOperationState(boolean read, ByteBuffer[] buffers, int offset, int length,
            BlockingMode block, long timeout, TimeUnit unit, A attachment, CompletionCheck check,
            CompletionHandler<Long, ? super A> handler, Semaphore semaphore,
            VectoredIOCompletionHandler<A> completion) {
        throw new UnsupportedOperationException();
    }
}
