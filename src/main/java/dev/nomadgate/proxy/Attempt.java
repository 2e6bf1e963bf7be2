package dev.nomadgate.proxy;

import dev.nomadgate.sharing.BlockingQuery;
import dev.nomadgate.sharing.Membership;
import dev.nomadgate.sharing.Participant;
import dev.nomadgate.sharing.QueryKey;
import dev.nomadgate.upstream.HttpClients;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;

/**
 * A request that goes to one server: by itself, or, if it only waits for what others wait for as well, with the one that
 * goes for all of them.
 */
final class Attempt implements Participant {

    private final ProxyContext proxy;
    private final ProxyExchange exchange;
    private final Request request;
    private final ResponseListener listener;
    private final Progress progress = new Progress();
    private volatile Optional<BlockingQuery> query = Optional.empty();
    private volatile Membership membership;
    private volatile ResponseDeadline deadline;

    /** @param request as it goes to the server, with nothing left to be added to its header */
    Attempt(ProxyExchange exchange, Request request, ResponseListener listener) {
        this.proxy = exchange.proxy();
        this.exchange = exchange;
        this.request = request;
        this.listener = listener;
    }

    void send() {
        RawTarget target = exchange.target();
        query = BlockingQuery.of(request.getMethod(), target.path(), target.query());
        if (query.isPresent() && exchange.body() == null && proxy.config().shareQueries()) {
            proxy.sharedQueries().ask(QueryKey.of(exchange.server().endpoint(), request.getMethod(), target.toString(),
                    request.getHeaders()), this);
            return;
        }
        exchange.sent(progress, request::abort);
        prepare(exchange.maySayNothing() ? null : proxy.responseTimeout());
        request.send(listener);
    }

    private void prepare(Duration answer) {
        query.flatMap(asked -> proxy.blockingWait().of(asked, HttpClients.connectionsInUse(proxy.httpClient(), request))
                .map(asked::waiting)).ifPresent(request::path);
        progress.watch(request);
        request.onResponseBegin(ignored -> exchange.tries().route().reached());
        ResponseDeadline.set(request, proxy.httpClient(), proxy.connectionTimeout(), answer);
    }

    @Override
    public void joined(Membership place) {
        membership = place;
        exchange.sent(progress, place::leave);
    }

    @Override
    public void follows(Participant leader) {
        exchange.sent(((Attempt) leader).progress, membership::leave);
    }

    /** Others may wait longer than this client, so its bound on the answer is not one on the request. */
    @Override
    public Request request() {
        exchange.sent(progress, membership::leave);
        prepare(null);
        return request;
    }

    @Override
    public void sent() {
        HttpClient client = proxy.httpClient();
        deadline = ResponseDeadline.of(client, proxy.responseTimeout(), timeout -> {
            if (membership.giveUp()) {
                listener.onComplete(new Result(request, null, timeout));
            }
        });
    }

    @Override
    public Silence gathered(Request query) {
        return SilenceBound.begin(query, proxy.httpClient(), proxy.responseTimeout(), () -> false);
    }

    @Override
    public void waitEnds() {
        ResponseDeadline waited = deadline;
        if (waited != null) {
            waited.end();
        }
    }

    @Override
    public Listener listener() {
        return listener;
    }
}
