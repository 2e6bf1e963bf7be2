package dev.nomadgate.pages;

import dev.nomadgate.upstream.ServerState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells everybody whether the gate runs ({@code live}), and whether clients should be sent to it ({@code ready}). A filter,
 * since it comes before all others: whoever probes the gate calls it by its address, and has to be answered also while the
 * gate has all the requests it may have.
 */
public final class HealthFilter extends HttpFilter {

    /** Where the gate says that it runs. */
    public static final String LIVE = "/gate/health/live";
    /** Where it says whether it is of use. */
    public static final String READY = "/gate/health/ready";

    private static final long serialVersionUID = 1;

    private final String well;
    private final transient Supplier<Optional<String>> unfit;

    private HealthFilter(String well, Supplier<Optional<String>> unfit) {
        this.well = well;
        this.unfit = unfit;
    }

    /** Answers at {@link #LIVE}. */
    public static HealthFilter live() {
        return new HealthFilter("live", Optional::empty);
    }

    /**
     * Answers at {@link #READY}.
     *
     * @param servers how those in force are
     * @param stopping whether the gate takes on nothing new any more
     */
    public static HealthFilter ready(Supplier<List<ServerState>> servers, BooleanSupplier stopping) {
        return new HealthFilter("ready", () ->
                stopping.getAsBoolean() ? Optional.of("the gate is being stopped") : lack(servers.get()));
    }

    private static Optional<String> lack(List<ServerState> servers) {
        if (servers.stream().anyMatch(ServerState::available)) {
            return Optional.empty();
        }
        return Optional.of(servers.isEmpty() ? "no Nomad server is known yet"
                : "none of the " + servers.size() + " Nomad servers is available");
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        if (Answer.allows(request, response, "GET", "HEAD")) {
            Optional<String> why = unfit.get();
            Answer.text(response, why.isEmpty() ? 200 : 503, why.map("not ready: "::concat).orElse(well));
        }
    }
}
