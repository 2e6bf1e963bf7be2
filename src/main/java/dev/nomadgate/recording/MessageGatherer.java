package dev.nomadgate.recording;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Puts the messages of one direction together again, none of which may become too large. Thread-safe. */
final class MessageGatherer {

    private final int most;
    private final Consumer<String> whole;
    private final LongConsumer tooLong;
    private final StringBuilder gathered = new StringBuilder(0);
    private long length;

    /**
     * @param most characters of a message
     * @param whole gets each message
     * @param tooLong gets the length of each that is longer
     */
    MessageGatherer(int most, Consumer<String> whole, LongConsumer tooLong) {
        this.most = most;
        this.whole = whole;
        this.tooLong = tooLong;
    }

    /** A piece of a message, its last one or not. */
    synchronized void add(String text, boolean last) {
        boolean alone = last && length == 0;
        length += text.length();
        if (length > most) {
            forget();
        } else if (!alone) {
            gathered.append(text);
        }
        if (!last) {
            return;
        }
        if (length > most) {
            tooLong.accept(length);
        } else {
            whole.accept(alone ? text : gathered.toString());
        }
        length = 0;
        forget();
    }

    private void forget() {
        gathered.setLength(0);
        gathered.trimToSize();
    }
}
