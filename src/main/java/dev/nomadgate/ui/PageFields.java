package dev.nomadgate.ui;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The header fields of requests that may ask for a page of Nomad's UI, and of its answers. What describes Nomad's bytes
 * must not describe the adapted ones.
 */
public final class PageFields {

    /** Ask for a part, or only for what the client has; both name what Nomad's page would be, not the adapted one. */
    private static final Set<HttpHeader> PARTS =
            Set.of(HttpHeader.RANGE, HttpHeader.IF_RANGE, HttpHeader.IF_MATCH, HttpHeader.IF_UNMODIFIED_SINCE);
    private static final Set<String> OF_NOMADS_BYTES = Set.of("accept-ranges", "content-digest", "content-length",
            "content-md5", "digest", "etag", "last-modified", "repr-digest");

    private PageFields() {
    }

    /**
     * The request as Nomad gets it: for the whole page, uncompressed.
     *
     * <p>Who asks for HTML by name is a browser that opens a page, and gets no 304 from Nomad: it may hold a copy from
     * before the gate adapted pages. Who does not, asks for one of the few files beside the pages, such as the icon,
     * and may be told that it has not changed. That file comes whole, too: any server may ignore a range (RFC 9110
     * §14.2).
     */
    public static HttpFields request(HttpFields fromClient) {
        HttpFields.Mutable fields = HttpFields.build(fromClient);
        PARTS.forEach(fields::remove);
        if (fromClient.getValuesList(HttpHeader.ACCEPT).stream()
                .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"))) {
            fields.remove(HttpHeader.IF_NONE_MATCH).remove(HttpHeader.IF_MODIFIED_SINCE);
        }
        return fields.put(HttpHeader.ACCEPT_ENCODING, "identity").asImmutable();
    }

    /**
     * The header of an adapted page, and of the 304 in its place. Without a date of last change, since a gate may
     * change and Nomad not.
     */
    public static HttpFields answer(HttpFields fromNomad, byte[] page) {
        HttpFields.Mutable fields = HttpFields.build();
        fromNomad.stream().filter(field -> !OF_NOMADS_BYTES.contains(field.getLowerCaseName())).forEach(fields::add);
        return fields.put(HttpHeader.ETAG, EntityTag.of(page).value())
                .put(HttpHeader.CONTENT_LENGTH, page.length)
                .asImmutable();
    }

    /**
     * Whether the client has the adapted page already, by what it sent as {@code If-None-Match}.
     *
     * @param answer the header of that page
     */
    public static boolean unchanged(HttpFields answer, Collection<String> ifNoneMatch) {
        return new EntityTag(answer.get(HttpHeader.ETAG)).matches(ifNoneMatch);
    }
}
