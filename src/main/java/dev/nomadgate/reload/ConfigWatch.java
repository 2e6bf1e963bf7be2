package dev.nomadgate.reload;

import dev.nomadgate.config.ConfigSources;
import java.time.Duration;

/**
 * Finds out that the configuration has changed on disk, and waits until the change is complete.
 *
 * <p>The files' contents are compared, at an interval. {@link java.nio.file.WatchService} would tell sooner, but not of
 * all that counts: Kubernetes and consul-template swap a symbolic link somewhere above the file, a network file system
 * tells nothing of what other hosts write, and editors put another file in the old one's place. It would also cost a
 * thread for each gate. Times and sizes would do for most, but a certificate that is renewed has often the size of the
 * one before, and a deployment its time.
 *
 * <p>A certificate and its key are two files, and most are written in several steps. So a change is read only once it
 * has stayed as it is from one look to the next. Used by one thread at a time.
 */
public final class ConfigWatch {

    /** What is done about a change. */
    public interface Reaction {

        /**
         * Puts a changed configuration into force, or throws and leaves that in force which was.
         *
         * @throws RuntimeException if it cannot be put into force
         */
        void apply(Look.Right changed, Look.Right before);

        /**
         * Tells why the old configuration stays in force; once for each change.
         *
         * @param reason whose message tells the operator
         */
        void refuse(RuntimeException reason);
    }

    /** Long enough for the second file of two that are written together. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final ConfigSources sources;
    private final Reaction reaction;
    private Look.Right inForce;
    private FileContents judged;
    private FileContents unsettled;

    /** @param inForce what the gate was started with */
    public ConfigWatch(ConfigSources sources, Look.Right inForce, Reaction reaction) {
        this.sources = sources;
        this.inForce = inForce;
        this.judged = inForce.contents();
        this.reaction = reaction;
    }

    /**
     * Looks once.
     *
     * @return when to look again; zero: never
     */
    public Duration look() {
        Duration interval = inForce.reading().interval();
        FileContents now = judged.now();
        if (now.same(judged)) {
            unsettled = null;
            return interval;
        }
        if (!now.same(unsettled)) {
            unsettled = now;
            return interval.compareTo(SETTLED) < 0 ? interval : SETTLED;
        }
        unsettled = null;
        judge(Look.at(sources, judged.paths(), inForce.contents().present()));
        return inForce.reading().interval();
    }

    private void judge(Look changed) {
        judged = changed.contents();
        if (changed instanceof Look.Wrong wrong) {
            reaction.refuse(wrong.mistakes());
            return;
        }
        Look.Right right = (Look.Right) changed;
        try {
            reaction.apply(right, inForce);
            inForce = right;
        } catch (RuntimeException e) {
            reaction.refuse(e);
        }
    }
}
