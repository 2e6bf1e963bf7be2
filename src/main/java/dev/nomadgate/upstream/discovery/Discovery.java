package dev.nomadgate.upstream.discovery;

import dev.nomadgate.config.DiscoveryConfig;
import dev.nomadgate.config.ServerSource;
import dev.nomadgate.config.UpstreamConfig;
import dev.nomadgate.upstream.Server;
import dev.nomadgate.upstream.ServerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pool's list as the configuration, DNS and Nomad say it is: every element of the configuration at its place,
 * and what is found through one in an order that does not depend on who asks, so that gates agree on every client's
 * server without talking to each other. Thread-safe.
 */
public final class Discovery {

    private static final long FIRST_MILLIS = 5000;

    private final Logger log = LoggerFactory.getLogger(Discovery.class);
    private final HttpClient client;
    private final ServerPool pool;
    private final DnsClient dns;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> named = new ArrayList<>();
    private final Optional<Slot> members;
    private final Map<Slot, Scheduler.Task> next = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * @param client reaches Nomad; its scheduler and threads are used
     * @param pool whose list is replaced
     */
    public Discovery(UpstreamConfig config, HttpClient client, ServerPool pool) {
        this.client = client;
        this.pool = pool;
        DiscoveryConfig discovery = config.discovery();
        boolean asksDns = config.sources().stream().anyMatch(source -> source.query().isPresent());
        // Not made without need: it looks for the operating system's DNS servers.
        dns = asksDns ? new DnsClient(discovery.resolver(), discovery.timeout()) : null;
        for (ServerSource source : config.sources()) {
            boolean lookedUp = source.query().isPresent();
            Slot slot = new Slot(source.toString(), lookedUp ? new DnsSource(source, dns) : null,
                    lookedUp ? List.of() : List.of(source.server()));
            slots.add(slot);
            if (lookedUp) {
                named.add(slot);
            }
        }
        Server like = config.servers().stream().filter(server -> !server.down()).findFirst().orElseThrow();
        members = discovery.members()
                // Another cluster's members are not these, nor may they see this one's token.
                ? Optional.of(new Slot("members of Nomad's region, as told by " + config.sources(),
                        new MembersSource(client, discovery, like, this::askable), List.of()))
                : Optional.empty();
    }

    /**
     * Looks for the servers, for some seconds at most, and goes on in the background.
     *
     * @param before what this one takes the place of, whose servers count until others are found
     */
    public void start(Optional<Discovery> before) {
        before.ifPresent(this::inherit);
        publish();
        first(named);
        first(members.stream().toList());
    }

    private void inherit(Discovery before) {
        Stream.concat(named.stream(), members.stream()).forEach(slot ->
                Stream.concat(before.named.stream(), before.members.stream())
                        .filter(other -> other.name().equals(slot.name())).findFirst()
                        .ifPresent(other -> slot.known(other.servers())));
    }

    private void first(List<Slot> those) {
        CompletableFuture<?>[] found = those.stream()
                .map(slot -> CompletableFuture.runAsync(() -> refresh(slot), client.getExecutor()))
                .toArray(CompletableFuture[]::new);
        try {
            // Not completeOnTimeout, which has a thread of the JVM's own hold this web application for ever.
            CompletableFuture.allOf(found).get(FIRST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.debug("the first look-up goes on in the background");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void refresh(Slot slot) {
        if (stopped) {
            return;
        }
        Duration again = slot.refresh();
        publish();
        next.put(slot, client.getScheduler().schedule(() -> client.getExecutor().execute(() -> refresh(slot)),
                again.toMillis(), TimeUnit.MILLISECONDS));
        if (stopped) {
            next.get(slot).cancel();
        }
    }

    private synchronized void publish() {
        List<Server> configured = slots.stream().flatMap(slot -> slot.servers().stream()).toList();
        List<Server> servers = distinct(members.map(Slot::servers).filter(found -> !found.isEmpty()).orElse(configured));
        List<String> problems = slots.stream().map(Slot::problem).filter(problem -> !problem.isEmpty()).toList();
        if (stopped) {
            return;
        }
        boolean changed = !servers.equals(pool.servers());
        pool.replace(servers, problems);
        if (changed) {
            log.info("The servers are now {}", servers);
        }
    }

    /** The first of those that are the same place. */
    private static List<Server> distinct(List<Server> servers) {
        Map<List<Object>, Server> places = new LinkedHashMap<>();
        servers.forEach(server -> places.putIfAbsent(List.of(server.address(), server.resolved()), server));
        return List.copyOf(places.values());
    }

    /** Those in use, then those configured: the region's servers may all have been replaced meanwhile. */
    private List<Server> askable() {
        List<Server> configured = slots.stream().flatMap(slot -> slot.servers().stream()).toList();
        return distinct(Stream.concat(pool.servers().stream(), configured.stream())
                .filter(server -> !server.down()).toList());
    }

    /** No look-up begins any more, and none changes the list. */
    public void stop() {
        stopped = true;
        next.values().forEach(Scheduler.Task::cancel);
        if (dns != null) {
            try {
                dns.close();
            } catch (IOException e) {
                log.debug("a socket to DNS could not be closed: {}", e.getMessage());
            }
        }
    }
}
