package dev.nomadgate.sharing;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;

/** One client's part in a query that others may share. Called from many threads, but never from two at once. */
public interface Participant {

    /** Takes the answer, in the order of Jetty's own listeners; of a failure only the completion. */
    interface Listener extends Response.Listener {

        @Override
        void onContent(Response response, Content.Chunk chunk, Runnable demander);

        /** Instead of all the others: an answer began, of which nothing was passed on, and broke off. */
        void onBrokenOff(Response response, Result result);
    }

    /** Bounds the silence in the middle of an answer. Thread-safe. */
    interface Silence {

        /** The next piece is wanted from now on. */
        void wanted();

        /** The answer is complete, or somebody else's care. */
        void end();
    }

    /** Takes the way out of the query; given before anything else is called. */
    void joined(Membership membership);

    /**
     * The request, ready to be sent, as this client alone would send it. Asked for when this client's is the one that
     * goes out, for itself and for others, so at most once.
     */
    Request request();

    /** Says whose request goes out in place of this client's own. */
    void follows(Participant leader);

    /** The request was sent completely: from now on the answer is waited for. */
    void sent();

    /**
     * The answer to this client's request begins, and is kept for several. To be failed if it falls silent.
     *
     * @param query that is answered
     */
    Silence gathered(Request query);

    /** The answer is not waited for any more: it begins, does not come or suit, or the client left. */
    void waitEnds();

    Listener listener();
}
