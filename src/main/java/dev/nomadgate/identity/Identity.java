package dev.nomadgate.identity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nomadgate.config.IdentityConfig;
import dev.nomadgate.session.ExecTarget;
import dev.nomadgate.session.Json;
import dev.nomadgate.session.User;
import dev.nomadgate.session.Workload;
import dev.nomadgate.upstream.Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.HttpClient;

/**
 * Who owns a token, and where an allocation runs. Never fails: what cannot be found out stays unknown. Thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/acl/tokens#read-self-token">acl/token/self</a>
 * @see <a href="https://developer.hashicorp.com/nomad/api-docs/allocations#read-allocation">allocation/:alloc_id</a>
 */
public final class Identity {

    /** A name of a token may change, and it is only a name; who may do what is for Nomad to say, each time. */
    private static final Duration TOKENS_LIFETIME = Duration.ofMinutes(1);
    /** An allocation never changes its job, group or node. */
    private static final Duration ALLOCATIONS_LIFETIME = Duration.ofHours(1);
    private static final Pattern ALLOCATION = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final int SALT_BYTES = 32;
    /** Statuses that say something of the token; any other is about Nomad's own state, and passes. */
    private static final Set<Integer> TELLING = Set.of(200, 400, 403, 404);

    private final IdentityConfig config;
    private final Questions questions;
    private final Remembered<Optional<User>> users = new Remembered<>(TOKENS_LIFETIME, System::nanoTime);
    private final Remembered<Workload> workloads = new Remembered<>(ALLOCATIONS_LIFETIME, System::nanoTime);
    private final byte[] salt = new byte[SALT_BYTES];

    public Identity(IdentityConfig config, HttpClient client) {
        this.config = config;
        this.questions = new Questions(client, config.timeout());
        new SecureRandom().nextBytes(salt);
    }

    /**
     * The accessor of a token.
     *
     * @param region that the token is of; empty: the server's
     */
    public CompletableFuture<Optional<User>> user(Server server, Optional<String> region, String token) {
        if (!config.enabled() || token.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String key = digest(token) + region.orElse("");
        return users.find(key).map(CompletableFuture::completedFuture).orElseGet(() ->
                questions.ask(server, "/v1/acl/token/self" + query(region), Optional.of(token)).handle((answer, failure) -> {
                    if (failure != null || !TELLING.contains(answer.status())) {
                        return Optional.<User>empty();
                    }
                    Optional<User> user = answer.status() == 200 ? user(answer.body()) : Optional.empty();
                    users.keep(key, user);
                    return user;
                }).thenCompose(user -> user.isEmpty() && region.isPresent()
                        // An agent that runs the allocation itself takes no notice of the region.
                        ? user(server, Optional.empty(), token) : CompletableFuture.completedFuture(user)));
    }

    private static Optional<User> user(String body) {
        Map<String, String> fields = fields(body, Set.of("AccessorID", "Name"));
        return Optional.ofNullable(fields.get("AccessorID")).filter(id -> !id.isEmpty())
                .map(id -> User.accessor(id, fields.getOrDefault("Name", "")));
    }

    /**
     * Where the allocation of a target runs, as the gate's own token may know or else the request's.
     *
     * @param token the request's, if it has come by now
     */
    public CompletableFuture<Workload> workload(Server server, ExecTarget target, Optional<String> token) {
        Optional<String> allocation = target.workload().allocation().filter(ALLOCATION.asMatchPredicate());
        if (!config.enabled() || allocation.isEmpty()) {
            return CompletableFuture.completedFuture(Workload.UNKNOWN);
        }
        return workload(server, allocation.get(), target.region(), token);
    }

    private CompletableFuture<Workload> workload(Server server, String allocation, Optional<String> region,
            Optional<String> token) {
        String path = "/v1/allocation/" + allocation + query(region);
        return workloads.find(path).map(CompletableFuture::completedFuture).orElseGet(() ->
                questions.ask(server, path, config.token().or(() -> token)).handle((answer, failure) -> {
                    if (failure != null || answer.status() != 200) {
                        return Optional.<Workload>empty();
                    }
                    Workload found = workload(answer.body());
                    workloads.keep(path, found);
                    return Optional.of(found);
                }).thenCompose(found -> found.isEmpty() && region.isPresent()
                        ? workload(server, allocation, Optional.empty(), token)
                        : CompletableFuture.completedFuture(found.orElse(Workload.UNKNOWN))));
    }

    private static Workload workload(String body) {
        Map<String, String> fields = fields(body, Set.of("Namespace", "JobID", "TaskGroup", "NodeName"));
        Function<String, Optional<String>> field = name -> Optional.ofNullable(fields.get(name));
        return new Workload(field.apply("Namespace"), field.apply("JobID"), field.apply("TaskGroup"), Optional.empty(),
                Optional.empty(), field.apply("NodeName"));
    }

    private static String query(Optional<String> region) {
        return region.map(name -> "?region=" + URLEncoder.encode(name, StandardCharsets.UTF_8)).orElse("");
    }

    /** Those fields of an object that are text, without what is nested in it: an allocation carries its whole job. */
    private static Map<String, String> fields(String json, Set<String> wanted) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && wanted.contains(name)) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            return fields;
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** To know a token again without keeping it. */
    private String digest(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
