package dev.nomadgate.sharing;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One query to Nomad and those who wait for its answer. It belongs to none of them: Nomad keeps its connection occupied
 * until the wait ends, whoever leaves, so it is left to end, and whoever asks the same meanwhile joins.
 *
 * <p>An answer for one is passed on as it comes. For several it is gathered first, up to a bound, so that a slow reader
 * holds nobody up; beyond the bound the first gets it as it comes, and each of the others asks alone. So it is with an
 * answer that sets a cookie, which is for one.
 */
final class SharedQuery implements Response.Listener {

    /**
     * Who asked less than this before the answer came is not given it, but asked for again: Nomad may have made it before
     * that, and a client has to see what it did itself.
     */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Scheduler.Task NONE = () -> true;
    private static final Participant.Silence ENDLESS = new Participant.Silence() {
        @Override
        public void wanted() {
        }

        @Override
        public void end() {
        }
    };

    private enum State { WAITING, PASSING_ON, GATHERING, OVER }

    private final SharedQueries all;
    private final QueryKey key;
    private final Participant leader;
    private final List<Membership> members;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Gathered gathered;
    private State state = State.WAITING;
    private boolean closed;
    private boolean begun;
    private boolean sent;
    private long begunAt;
    private Scheduler.Task overdue = NONE;
    private volatile Participant.Silence silence = ENDLESS;
    private volatile Request request;
    private volatile Response answer;
    /** The one that the answer is passed on to. */
    private volatile Membership only;

    SharedQuery(SharedQueries all, QueryKey key, List<Membership> members) {
        this.all = all;
        this.key = key;
        this.leader = members.get(0).participant();
        this.members = new ArrayList<>(members);
        this.gathered = new Gathered(all);
        members.forEach(this::enter);
    }

    private void enter(Membership member) {
        member.moveTo(this);
        if (member.participant() != leader) {
            member.participant().follows(leader);
        }
    }

    /** Adds one, unless it is too late. */
    synchronized boolean join(Membership member) {
        if (state != State.WAITING || closed) {
            return false;
        }
        enter(member);
        members.add(member);
        if (sent) {
            member.participant().sent();
        }
        return true;
    }

    /** Sends it, the first time. */
    void send() {
        if (sending.compareAndSet(false, true)) {
            Request prepared = leader.request()
                    .onRequestBegin(ignored -> begun())
                    .onRequestSuccess(ignored -> sent());
            request = prepared;
            prepared.send(this);
        }
    }

    private synchronized void begun() {
        begun = true;
        begunAt = all.now();
    }

    private synchronized void sent() {
        sent = true;
        if (state == State.WAITING) {
            members.forEach(member -> member.participant().sent());
            overdue = all.whenOverdue(this::close);
        }
    }

    /** Nobody else shall wait for a server that seems to have forgotten it. */
    private void close() {
        boolean unwanted;
        synchronized (this) {
            closed = true;
            unwanted = unwanted();
        }
        all.forget(key, this);
        abortIf(unwanted, new TimeoutException("never answered"));
    }

    /** A query that Nomad has, or is about to get, is wanted by those who are yet to ask. */
    private boolean unwanted() {
        boolean nobody = state == State.WAITING && members.isEmpty() && (closed || !begun);
        closed |= nobody;
        return nobody;
    }

    private void abortIf(boolean condition, Throwable cause) {
        Request sending = request;
        if (condition && sending != null) {
            sending.abort(cause);
        }
    }

    boolean giveUp(Membership member) {
        boolean unwanted;
        synchronized (this) {
            if (state != State.WAITING || !members.remove(member)) {
                return false;
            }
            unwanted = unwanted();
        }
        abortIf(unwanted, new TimeoutException("nobody waits any longer"));
        return true;
    }

    void leave(Membership member, Throwable cause) {
        boolean unwanted;
        synchronized (this) {
            if (state == State.OVER) {
                member.end(gathered::taken);
                return;
            }
            members.remove(member);
            member.participant().waitEnds();
            unwanted = member == only || unwanted();
        }
        abortIf(unwanted, cause);
    }

    @Override
    public void onHeaders(Response response) {
        answer = response;
        List<Membership> late;
        synchronized (this) {
            overdue.cancel();
            late = members.stream().filter(this::late).toList();
            members.forEach(member -> member.participant().waitEnds());
            members.removeAll(late);
            state = State.GATHERING;
            if (members.size() == 1) {
                passOn();
            }
        }
        all.forget(key, this);
        if (!late.isEmpty()) {
            all.askAgain(key, late);
        }
        if (only != null) {
            only.participant().listener().onHeaders(response);
        } else if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > Gathered.MAX_SIZE
                || response.getHeaders().contains(HttpHeader.SET_COOKIE)) {
            stopGathering();
        } else {
            silence = leader.gathered(response.getRequest());
        }
    }

    private boolean late(Membership member) {
        return member.since() - begunAt > 0 && all.now() - member.since() < FRESH_NANOS;
    }

    private synchronized List<Membership> passOn() {
        state = State.PASSING_ON;
        only = members.isEmpty() ? null : members.get(0);
        List<Membership> others = List.copyOf(members.subList(Math.min(1, members.size()), members.size()));
        members.removeAll(others);
        return others;
    }

    private void stopGathering() {
        List<Membership> others = passOn();
        silence.end();
        gathered.release();
        others.forEach(member -> all.askAlone(key, member));
        if (only == null) {
            request.abort(new EOFException("an answer that is not kept, and nobody to take it"));
        } else {
            only.participant().listener().onHeaders(answer);
        }
    }

    @Override
    public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
        if (only != null) {
            only.participant().listener().onContent(response, chunk, demander);
        } else if (gathered.add(chunk.getByteBuffer())) {
            silence.wanted();
            demander.run();
        } else {
            byte[] beginning = gathered.bytes();
            stopGathering();
            if (only != null) {
                only.participant().listener().onContent(
                        response, Content.Chunk.from(ByteBuffer.wrap(beginning), false), demander);
            }
        }
    }

    @Override
    public void onSuccess(Response response) {
        if (only != null) {
            only.participant().listener().onSuccess(response);
        }
    }

    @Override
    public void onComplete(Result result) {
        silence.end();
        if (only != null) {
            only.participant().listener().onComplete(result);
            return;
        }
        List<Membership> told;
        synchronized (this) {
            overdue.cancel();
            told = List.copyOf(members);
            state = State.OVER;
            gathered.keepFor(result.isSucceeded() ? told.size() : 0);
        }
        all.forget(key, this);
        byte[] body = result.isSucceeded() ? gathered.bytes() : null;
        told.forEach(member -> all.run(() -> tell(member, result, body)));
    }

    private void tell(Membership member, Result result, byte[] body) {
        Participant.Listener listener = member.participant().listener();
        member.participant().waitEnds();
        if (body != null) {
            new Delivery(listener, result, body, () -> member.end(gathered::taken)).run();
        } else if (answer != null) {
            listener.onBrokenOff(answer, result);
        } else {
            listener.onComplete(result);
        }
    }
}
