package dev.nomadgate.upstream;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * A request whose target goes out exactly as it was given. Jetty's own would parse it with
 * {@link URI}, which takes {@code //host/} for an authority and refuses what Nomad's users send, such
 * as {@code ?command=["/bin/sh"]}.
 */
final class RawTargetRequest extends HttpRequest {

    private String path;
    private String query;

    RawTargetRequest(HttpClient client, URI server) {
        super(client, new HttpConversation(), server);
        path = server.getRawPath();
        query = server.getRawQuery();
    }

    /** @param target path and query in their raw form */
    @Override
    public Request path(String target) {
        int question = target.indexOf('?');
        path = question < 0 ? target : target.substring(0, question);
        query = question < 0 ? null : target.substring(question + 1);
        return this;
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public String getQuery() {
        return query;
    }
}
