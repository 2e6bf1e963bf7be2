package dev.nomadgate.proxy;

import dev.nomadgate.client.Arrivals;
import dev.nomadgate.sharing.Participant;
import dev.nomadgate.ui.UiPages;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;

/**
 * Turns what comes from Nomad for one request into what the client gets.
 *
 * <p>The client's request may be over at any time, because its container found the client gone. From then on it
 * must not be touched, which {@link ProxyExchange#end()} decides.
 */
final class ResponseListener implements Participant.Listener, ResponseRelay.Ending {

    private static final long CONTAINER_REACTS_MILLIS = 1000;

    private final NomadProxyServlet servlet;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ProxyExchange exchange;
    private final AsyncContext context;
    private final ResponseRelay relay;
    private final boolean head;
    private final List<String> ifNoneMatch;
    private volatile AnswerBody body;
    /** Null if several share one. */
    private volatile Content.Source source;
    private volatile Thread receiving;
    private volatile ResponseDeadline page;
    private volatile SilenceBound silence;
    private volatile boolean whole;
    private volatile Response serverResponse;
    private volatile boolean clientGone;
    private volatile boolean limited;
    private volatile boolean delivered;

    ResponseListener(NomadProxyServlet servlet, ProxyExchange exchange, HttpServletRequest request,
            HttpServletResponse response) {
        this.servlet = servlet;
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.context = request.getAsyncContext();
        this.relay = new ResponseRelay(this, exchange);
        this.head = "HEAD".equals(request.getMethod());
        this.ifNoneMatch = exchange.mayBePage() ? Arrivals.values(request, "If-None-Match") : List.of();
        this.body = head ? new NoBody() : relay;
    }

    @Override
    public void onHeaders(Response fromServer) {
        serverResponse = fromServer;
        if (fromServer.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
            // Passed on, it would make the client's next request part of another protocol.
            exchange.abort(new FailedAttempt.SwitchedProtocolsException());
            return;
        }
        limited = exchange.proxy().connectionLimit().refused(exchange.server(), fromServer);
        if (exchange.ended() || limited) {
            return;
        }
        exchange.markAnswered();
        UiPages pages = exchange.proxy().pages();
        if (exchange.mayBePage() && pages.isPage(fromServer.getStatus(), fromServer.getHeaders())) {
            page = ResponseDeadline.ofWhole(
                    fromServer.getRequest(), exchange.proxy().httpClient(), exchange.proxy().responseTimeout());
            body = new PageRelay(pages, ifNoneMatch, fromServer.getHeaders(), this::sendHead, body, page);
            return;
        }
        if (!exchange.maySayNothing()) {
            silence = SilenceBound.begin(fromServer.getRequest(), exchange.proxy().httpClient(),
                    exchange.proxy().responseTimeout(), exchange::ended);
        }
        sendHead(fromServer.getStatus(), fromServer.getHeaders());
        if (head && exchange.mayBePage()) {
            headIsAll();
        }
        if (openEnded(fromServer)) {
            relay.flushHead();
        }
    }

    /** What Nomad sends of a body that it would not have been asked for, nobody waits for. */
    private void headIsAll() {
        relay.end();
        exchange.abort(new EOFException("only its header was asked for"));
    }

    private void sendHead(int status, HttpFields fields) {
        exchange.outputLock().lock();
        try {
            if (!exchange.ended()) {
                response.setStatus(status);
                exchange.proxy().responseHeaders().copy(fields, exchange.server(), response);
                long length = fields.getLongField(HttpHeader.CONTENT_LENGTH);
                if (length != 0 && !head && mayHaveBody(status)) {
                    exchange.output().expect(length, fields.get(HttpHeader.CONTENT_TYPE), exchange.maySayNothing());
                    if (length > 0) {
                        exchange.owes(length);
                    }
                }
            }
        } finally {
            exchange.outputLock().unlock();
        }
    }

    private static boolean mayHaveBody(int status) {
        return status != HttpStatus.NO_CONTENT_204 && status != HttpStatus.NOT_MODIFIED_304;
    }

    /** A body whose length is not known may be long in coming: the header must not wait for it. */
    private boolean openEnded(Response fromServer) {
        return !head
                && mayHaveBody(fromServer.getStatus())
                && fromServer.getHeaders().getField(HttpHeader.CONTENT_LENGTH) == null;
    }

    @Override
    public void onContentSource(Response fromServer, Content.Source contentSource) {
        source = contentSource;
        Participant.Listener.super.onContentSource(fromServer, contentSource);
    }

    @Override
    public void onContent(Response fromServer, Content.Chunk chunk, Runnable demander) {
        SilenceBound bound = silence;
        if (bound != null) {
            bound.heard();
        }
        Received rest = new Received(bound, demander);
        if (exchange.ended() || clientGone || !exchange.answered()) {
            rest.demand();
            return;
        }
        receiving = Thread.currentThread();
        try {
            body.write(chunk, rest);
        } finally {
            receiving = null;
        }
    }

    /** What follows a chunk that was received for this client alone, or for several. */
    private final class Received implements AnswerBody.Rest {

        private final SilenceBound silence;
        private final Runnable demander;

        private Received(SilenceBound silence, Runnable demander) {
            this.silence = silence;
            this.demander = demander;
        }

        /**
         * Nothing but for the thread in which the chunk came: Jetty's client ends the answer in another one at any time. The
         * end and failures stay in the source, for who demands.
         */
        @Override
        public Content.Chunk now() {
            Content.Chunk next = source == null || receiving != Thread.currentThread() ? null : source.read();
            if (next == null || !Content.Chunk.isFailure(next) && next.hasRemaining()) {
                return next;
            }
            next.release();
            return null;
        }

        @Override
        public void demand() {
            if (silence != null) {
                silence.wanted();
            }
            demander.run();
        }
    }

    /** Not only on completion: Nomad may have answered without reading the request's body. */
    @Override
    public void onSuccess(Response fromServer) {
        whole = true;
        if (!exchange.answered()) {
            explainLimit();
        } else if (relay.started() || !exchange.ended()) {
            body.end();
        }
    }

    private void explainLimit() {
        servlet.answer(exchange, request, response, exchange.proxy().failures().connectionLimit(exchange.server()));
    }

    @Override
    public void onComplete(Result result) {
        if (page != null) {
            page.end();
        }
        endSilence();
        if (exchange.ended() || clientGone || delivered || result.getResponseFailure() == null && serverResponse != null) {
            return;
        }
        if (limited) {
            // Its text was cut off behind its header.
            explainLimit();
        } else if (!relay.started()) {
            // Nothing is on its way to the client yet, perhaps a header at most: there still is time to explain.
            servlet.failed(exchange, request, response, serverResponse != null, result.getFailure());
        } else {
            exchange.end(() -> cut(exchange.server() + (result.getFailure() instanceof TimeoutException
                    ? " fell silent within its answer" : " broke off its answer")));
        }
    }

    private void cut(String why) {
        exchange.noteCut(why);
        TruncatedResponseException.dispatch(context, request, why);
    }

    @Override
    public void onBrokenOff(Response fromServer, Result result) {
        serverResponse = fromServer;
        onComplete(result);
    }

    /** Not before the container has said that it may be written: Tomcat would stumble over what is completed under it. */
    @Override
    public void delivered() {
        delivered = true;
        exchange.output().writeWith(() -> exchange.end(context::complete));
        if (!exchange.progress().sentWhole()) {
            exchange.abort(new EOFException("answered before the request was complete"));
        }
    }

    /**
     * The container hears of the failed write too, and ends the exchange in a thread of its own, see
     * {@link ContainerWatch}. Jetty does not always, so the exchange is ended after a while in any case.
     */
    @Override
    public void undeliverable(Throwable cause) {
        clientGone = true;
        // Of an answer that is complete already, as one for several may be, nothing more is heard.
        endSilence();
        exchange.noteClientGone();
        exchange.abort(cause);
        exchange.proxy().httpClient().getScheduler().schedule(
                () -> exchange.proxy().httpClient().getExecutor().execute(() -> exchange.endGone(context)),
                CONTAINER_REACTS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void endSilence() {
        SilenceBound bound = silence;
        if (bound != null) {
            bound.end();
        }
    }

    /** For HEAD, which Nomad may have been asked as GET. */
    private final class NoBody implements AnswerBody {

        @Override
        public void write(Content.Chunk chunk, AnswerBody.Rest rest) {
            if (!whole) {
                headIsAll();
            }
        }

        @Override
        public void end() {
            relay.end();
        }
    }
}
