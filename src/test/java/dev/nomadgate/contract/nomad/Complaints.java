package dev.nomadgate.contract.nomad;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What went wrong in the pages of a browser profile: failed requests, answers from 400 on, errors on the console or in a
 * script, and requests that leave the gate's address.
 *
 * <p>Two things are not counted, since Nomad's UI does them by itself with no gate in between:
 * <ul>
 *   <li>requests that the page gave up itself ({@code net::ERR_ABORTED}): its long polls, when another page is opened;
 *   <li>requests for logs and files to the node's own HTTP address, which the UI tries before it asks the address that
 *       it was loaded from; nobody listens there.
 * </ul>
 */
final class Complaints {

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String allowed;
    private final String nodeFiles;

    private Complaints(URI gate, String node) {
        this.allowed = gate + "/";
        this.nodeFiles = "http://" + node + "/v1/client/fs/";
    }

    /**
     * Listens from now on.
     *
     * @param gate where every request has to go
     * @param node the HTTP address that the node advertises
     */
    static Complaints of(BrowserContext profile, URI gate, String node) {
        Complaints complaints = new Complaints(gate, node);
        profile.onRequest(request -> complaints.address(request.url()));
        profile.onPage(page -> page.onWebSocket(socket -> complaints.address(socket.url().replaceFirst("^ws", "http"))));
        profile.onRequestFailed(complaints::failed);
        profile.onResponse(response -> {
            if (response.status() >= 400) {
                complaints.add(response.status() + " for " + response.request().method() + " " + response.url());
            }
        });
        profile.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.location().startsWith(complaints.nodeFiles)) {
                complaints.add("console: " + message.text() + " at " + message.location());
            }
        });
        profile.onWebError(error -> complaints.add("script: " + error.error()));
        return complaints;
    }

    List<String> all() {
        return List.copyOf(complaints);
    }

    private void address(String url) {
        boolean local = url.startsWith("blob:") || url.startsWith("data:") || url.startsWith("about:");
        if (!local && !url.startsWith(allowed) && !url.startsWith(nodeFiles)) {
            add("outside of " + allowed + ": " + url);
        }
    }

    private void failed(Request request) {
        if (!"net::ERR_ABORTED".equals(request.failure()) && !request.url().startsWith(nodeFiles)) {
            add(request.failure() + " for " + request.method() + " " + request.url());
        }
    }

    private void add(String complaint) {
        complaints.add(complaint);
    }
}
