package dev.nomadgate.ui;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for one deployment what is a page of Nomad's UI and has to be adapted, and tells the operator, once, when one
 * cannot be. Thread-safe.
 */
public final class UiPages {

    /** The most bytes that a page may have to be adapted; Nomad's has about 2 KiB. Parsed, one may take 200 times that. */
    public static final int MAX_SIZE = 32 * 1024;

    private final Logger log = LoggerFactory.getLogger(UiPages.class);
    private final ContextPath context;
    private final AtomicBoolean warned = new AtomicBoolean();
    /** One page at a time, so that many at once take no more memory. */
    private final Lock parsing = new ReentrantLock();

    /** @param context where the gate is; at the root no page is ever adapted */
    public UiPages(ContextPath context) {
        this.context = context;
    }

    /**
     * Whether the answer to a request may be such a page. Nomad answers with it for every address below {@code /ui/}
     * that has no file of its own.
     *
     * @param path raw, without the context path
     */
    public boolean mayBeAskedFor(String method, String path) {
        return !context.isRoot()
                && (method.equals("GET") || method.equals("HEAD"))
                && (path.equals("/ui") || path.startsWith("/ui/"))
                && !path.startsWith("/ui/assets/");
    }

    /**
     * Whether an answer to such a request is a page that may be adapted, as far as its header tells. The operator is
     * told of one that may not.
     */
    public boolean isPage(int status, HttpFields fields) {
        if (status != 200 && status != 206 || !isHtml(fields)) {
            return false;
        }
        Optional<String> reason = Optional.empty();
        if (status == 206) {
            reason = Optional.of("comes in part, which was not asked for");
        } else if (fields.contains(HttpHeader.CONTENT_ENCODING)) {
            reason = Optional.of("comes with Content-Encoding " + fields.get(HttpHeader.CONTENT_ENCODING)
                    + ", which was not asked for");
        } else if (fields.getLongField(HttpHeader.CONTENT_LENGTH) > MAX_SIZE) {
            reason = Optional.of(tooLarge());
        }
        reason.ifPresent(this::warn);
        return reason.isEmpty();
    }

    private static boolean isHtml(HttpFields fields) {
        String type = fields.get(HttpHeader.CONTENT_TYPE);
        return type != null && "text/html".equalsIgnoreCase(HttpField.getValueParameters(type, null));
    }

    /** Adapts a whole page; empty if it has to go through as it is. */
    public Optional<byte[]> adapt(byte[] page) {
        UiPage.Result result;
        parsing.lock();
        try {
            result = UiPage.adapt(page, context);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever the parser met: the page as it is does less harm than none.
            result = new UiPage.Result.Unexpected("cannot be parsed: " + e);
        } finally {
            parsing.unlock();
        }
        if (result instanceof UiPage.Result.Unexpected unexpected) {
            warn(unexpected.reason());
            return Optional.empty();
        }
        return Optional.of(((UiPage.Result.Adapted) result).page());
    }

    /** To be called for a page that turned out to be longer than {@link #MAX_SIZE}. */
    public void warnTooLarge() {
        warn(tooLarge());
    }

    private static String tooLarge() {
        return "is larger than " + MAX_SIZE / 1024 + " KiB";
    }

    private void warn(String reason) {
        if (warned.compareAndSet(false, true)) {
            log.warn("Nomad's UI will not work under {}: its page {}, so the gate passes it on as it is. Deploy the gate"
                    + " at the root, or use a newer one that knows this version of the UI. This is said once.",
                    context, reason);
        }
    }
}
