package dev.nomadgate.audit;

import dev.nomadgate.config.AuditConfig;
import dev.nomadgate.config.AuditConfig.OnFailure;
import dev.nomadgate.session.Handshake;
import dev.nomadgate.session.Outcome;
import dev.nomadgate.session.RefusedHandshake;
import dev.nomadgate.session.Session;
import dev.nomadgate.session.SessionObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts sessions on record, in the thread that it is given. Outlives every change of configuration: sessions that began
 * under one are recorded where the next one says. Thread-safe.
 */
public final class Audit implements SessionObserver, AutoCloseable {

    private static final String REFUSED = "the audit log cannot be written, so no session may begin";

    private final Logger log = LoggerFactory.getLogger(Audit.class);
    private final String gate;
    private final String fileName;
    private final Executor writer;
    private final Runnable failures;
    private final LineRate refusals = new LineRate(System::nanoTime);
    private volatile AuditConfig config;
    private volatile boolean failing;
    private AuditFile file;

    /**
     * @param gate the context path of this one
     * @param writer runs one task at a time, and refuses what is too much
     * @param failures runs for each line that was not written
     */
    public Audit(String gate, AuditConfig config, Executor writer, Runnable failures) {
        this.gate = gate;
        this.fileName = gate.length() <= 1 ? "root" : gate.substring(1).replaceAll("[^A-Za-z0-9._-]", "-");
        this.config = config;
        this.writer = writer;
        this.failures = failures;
    }

    /** From now on this holds. */
    public void apply(AuditConfig changed) {
        try {
            writer.execute(() -> {
                close();
                config = changed;
                failing = false;
            });
        } catch (RejectedExecutionException e) {
            config = changed;
        }
    }

    /** Where every session has to be on record, that it was asked for is, before Nomad can begin with it. */
    @Override
    public CompletionStage<Void> requested(Handshake handshake) {
        return config.onFailure() == OnFailure.OPEN
                ? CompletableFuture.completedFuture(null) : write(() -> AuditLine.requested(gate, handshake));
    }

    @Override
    public CompletionStage<Void> began(Session session) {
        CompletableFuture<Void> written = write(() -> AuditLine.started(gate, session));
        return config.onFailure() == OnFailure.OPEN ? CompletableFuture.completedFuture(null) : written;
    }

    @Override
    public void ended(Session session, Outcome outcome) {
        write(() -> AuditLine.ended(gate, session, outcome));
    }

    @Override
    public void refused(RefusedHandshake refused) {
        OptionalLong leftOut = refusals.admit();
        if (leftOut.isPresent()) {
            write(() -> AuditLine.refused(gate, refused, leftOut.getAsLong()));
        }
    }

    private CompletableFuture<Void> write(Supplier<String> line) {
        // Where nothing is recorded no session waits for a thread to do nothing.
        return config.file().isEmpty() ? CompletableFuture.completedFuture(null) : inWriter(() -> append(line));
    }

    /** @param task tells whether it was done */
    private CompletableFuture<Void> inWriter(BooleanSupplier task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            writer.execute(() -> {
                if (task.getAsBoolean()) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(new Refusal(REFUSED));
                }
            });
        } catch (RejectedExecutionException e) {
            lost("more lines wait to be written than may");
            done.completeExceptionally(new Refusal(REFUSED));
        }
        return done;
    }

    private boolean append(Supplier<String> line) {
        Optional<String> pattern = config.file();
        if (pattern.isEmpty()) {
            return true;
        }
        try {
            open(pattern.get());
            file.append(line.get());
            if (failing) {
                failing = false;
                log.info("The audit log {} is written again", pattern.get());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            close();
            lost(e.getMessage());
            return false;
        }
    }

    private void open(String pattern) throws IOException {
        if (file == null) {
            file = new AuditFile(pattern.replace("%c", fileName), config);
        }
    }

    /** Why lines are lost just now, if they are. */
    public Optional<String> trouble() {
        return failing ? Optional.of("The audit log " + config.file().orElse("") + " cannot be written"
                + (config.onFailure() == OnFailure.CLOSED ? ", and no session begins." : ".")) : Optional.empty();
    }

    private void lost(String why) {
        failures.run();
        if (!failing) {
            failing = true;
            log.warn("A line of the audit log {} was not written, and more may follow: {}. {}", config.file().orElse(""), why,
                    config.onFailure() == OnFailure.OPEN
                            ? "Sessions go on (nomad-gate.audit.on-failure = open)"
                            : "No session begins until it can be written (nomad-gate.audit.on-failure = closed)");
        }
    }

    /** Ends what is open; in the writer's thread, or after its end. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
