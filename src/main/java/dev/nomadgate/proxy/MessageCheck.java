package dev.nomadgate.proxy;

import dev.nomadgate.client.Arrivals;
import dev.nomadgate.client.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What containers let through although it is no request that could be passed on as it is (RFC 9112). They differ in it:
 * what one refuses, another one guesses at, and a guess is what request smuggling lives from.
 */
final class MessageCheck {

    private MessageCheck() {
    }

    /** What is wrong with the message itself, whoever sent it. */
    static Optional<Failure> fault(HttpServletRequest request, Client client) {
        String method = request.getMethod();
        List<String> codings = Arrivals.values(request, "Transfer-Encoding");
        boolean old = !request.getProtocol().startsWith("HTTP/1.1") && !request.getProtocol().startsWith("HTTP/2");
        if (request.getProtocol().isEmpty() || request.getProtocol().equals("HTTP/0.9")) {
            // An answer to it has no header, so its beginning would be whatever Nomad makes it.
            return refused(505, "The request names no version of HTTP", "Send HTTP/1.1.");
        }
        // The client towards Nomad would send get as GET.
        if (!method.equals(method.toUpperCase(Locale.ROOT))) {
            return refused(501, "The method is not known", "Methods are written in capitals.");
        }
        if (!codings.isEmpty() && (old || codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            return refused(old ? 400 : 501, "The transfer coding is not understood",
                    "The one that there is is Transfer-Encoding: chunked, in HTTP/1.1.");
        }
        if (!client.hasHost() && Arrivals.values(request, "Host").stream().anyMatch(name -> !name.isBlank())) {
            return refused(400, "The Host header names no host", client.hostFault() + ".");
        }
        return Optional.empty();
    }

    private static Optional<Failure> refused(int status, String title, String detail) {
        return Optional.of(new Failure(status, title, detail.substring(0, 1).toUpperCase(Locale.ROOT)
                + detail.substring(1), "Nothing was sent to Nomad."));
    }
}
