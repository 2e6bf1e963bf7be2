package dev.nomadgate.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/**
 * The page of Nomad's UI, made to work below a context path: its addresses, the address that its router starts from,
 * and one script before any other. A parser finds the places; there something is inserted and nothing else changed,
 * so every byte of Nomad's is in the result, in its order.
 */
public final class UiPage {

    /** What became of a page. */
    public sealed interface Result {

        /** @param page the page as it works below the context path */
        record Adapted(byte[] page) implements Result {
        }

        /** @param reason why it is not adapted, as the end of a sentence about it */
        record Unexpected(String reason) implements Result {
        }
    }

    private static final String CONFIGURATION = "meta[name=nomad-ui/config/environment]";
    private static final String ROOT_URL = "%22rootURL%22%3A%22%2Fui%2F%22";
    private static final int ROOT_URL_VALUE = ROOT_URL.indexOf("%2Fui");
    private static final Pattern NOMADS_OWN = Pattern.compile("/(ui|v1)([/?#].*)?", Pattern.DOTALL);

    /** One character for each byte, so that the parser's positions are those of the bytes. */
    private final String source;
    private final ContextPath context;
    private final String prefix;
    private final Map<Integer, String> insertions = new TreeMap<>();

    private UiPage(byte[] page, ContextPath context) {
        this.source = new String(page, StandardCharsets.ISO_8859_1);
        this.context = context;
        // In an attribute's value, quoted or not.
        this.prefix = context.value().replace("&", "&amp;").replace("'", "&#39;");
    }

    /**
     * Adapts a page.
     *
     * @param page in UTF-8 or another encoding that has ASCII in it
     * @param context where the gate is, not at the root
     */
    public static Result adapt(byte[] page, ContextPath context) {
        return new UiPage(page, context).adapt();
    }

    private Result adapt() {
        Document document = Jsoup.parse(source, "", Parser.htmlParser().setTrackPosition(true));
        Range head = document.head().sourceRange();
        if (!head.isTracked() || head.isImplicit()) {
            return new Result.Unexpected("has no <head>");
        }
        Element configuration = document.selectFirst(CONFIGURATION);
        if (configuration == null) {
            return new Result.Unexpected("has no " + CONFIGURATION);
        }
        Range content = configuration.attributes().sourceRange("content").valueRange();
        int rootUrl = content.isTracked()
                ? source.substring(0, content.endPos()).indexOf(ROOT_URL, content.startPos())
                : -1;
        if (rootUrl < 0) {
            return new Result.Unexpected("has no rootURL of /ui/ in its " + CONFIGURATION);
        }
        insertions.put(head.endPos(), "<script src=\"" + prefix + PrefixScript.PATH + "\"></script>");
        insertions.put(rootUrl + ROOT_URL_VALUE, URLEncoder.encode(context.value(), StandardCharsets.UTF_8));
        for (Element element : document.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                prefix(attribute);
            }
        }
        return new Result.Adapted(spliced().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void prefix(Attribute attribute) {
        Range range = attribute.sourceRange().valueRange();
        if (!attribute.getKey().equals("href") && !attribute.getKey().equals("src") || !range.isTracked()) {
            return;
        }
        int blanks = 0;
        while (range.startPos() + blanks < range.endPos() && source.charAt(range.startPos() + blanks) <= ' ') {
            blanks++;
        }
        if (NOMADS_OWN.matcher(attribute.getValue().substring(blanks).stripTrailing()).matches()) {
            insertions.put(range.startPos() + blanks, prefix);
        }
    }

    private String spliced() {
        StringBuilder spliced = new StringBuilder(source.length() + 1024);
        int copied = 0;
        for (Map.Entry<Integer, String> insertion : insertions.entrySet()) {
            spliced.append(source, copied, insertion.getKey()).append(insertion.getValue());
            copied = insertion.getKey();
        }
        return spliced.append(source, copied, source.length()).toString();
    }
}
