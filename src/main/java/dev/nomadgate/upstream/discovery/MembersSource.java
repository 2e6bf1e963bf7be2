package dev.nomadgate.upstream.discovery;

import dev.nomadgate.client.IpLiteral;
import dev.nomadgate.config.DiscoveryConfig;
import dev.nomadgate.upstream.ResolvedAddress;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpStatus;

/** The servers that Nomad's servers know of. */
final class MembersSource implements Source {

    private static final String PATH = "/v1/agent/members";

    private final HttpClient client;
    private final DiscoveryConfig config;
    private final Server like;
    private final Supplier<List<Server>> askable;

    /**
     * @param like what each server has besides its address
     * @param askable the servers that may be asked, the best first
     */
    MembersSource(HttpClient client, DiscoveryConfig config, Server like, Supplier<List<Server>> askable) {
        this.client = client;
        this.config = config;
        this.like = like;
        this.askable = askable;
    }

    @Override
    public Found find() throws IOException {
        IOException failure = new IOException("there is no server to ask for the others");
        for (Server server : askable.get()) {
            try {
                List<Server> servers = MembersAnswer.servers(ask(server)).stream().map(address -> at(address, server)).toList();
                return new Found(servers, config.membersInterval());
            } catch (IOException e) {
                failure = new IOException(server + PATH + ": " + e.getMessage(), e);
            }
        }
        throw failure;
    }

    /** Nomad does not say where its HTTP API listens: as a rule where that of the one that was asked does. */
    private Server at(InetAddress address, Server asked) {
        String text = IpLiteral.format(address);
        String host = address instanceof Inet6Address ? "[" + text + "]" : text;
        return like.at(URI.create(asked.address().getScheme() + "://" + host + ":" + asked.address().getPort()));
    }

    private String ask(Server server) throws IOException {
        Request request = client.newRequest(server.address()).path(PATH).tag(MembersSource.class)
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        config.token().ifPresent(token -> request.headers(headers -> headers.put("X-Nomad-Token", token)));
        try {
            ContentResponse answer = ResolvedAddress.lead(request, server).send();
            return switch (answer.getStatus()) {
                case HttpStatus.OK_200 -> answer.getContentAsString();
                case HttpStatus.FORBIDDEN_403 -> throw new IOException("Nomad refuses it (403): set"
                        + " nomad-gate.discovery.token-file to a token with node { policy = \"read\" }");
                default -> throw new IOException("Nomad answered " + answer.getStatus());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause().getClass().getSimpleName(), e);
        }
    }
}
